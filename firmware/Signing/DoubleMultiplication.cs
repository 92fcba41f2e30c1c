using System;

namespace Helios.Signing
{
    /// <summary>
    /// u * G + k * P for any point, for the check of signatures: k is split in two halves, each
    /// written in signed digits of which at most every fifth is not 0, u in the digits of the
    /// comb, and all share 129 doublings. The time depends on k: not for secrets.
    /// </summary>
    internal sealed class DoubleMultiplication
    {
        // Digits are 0 or odd, from -15 to 15.
        private const int WindowBits = 5;
        private const int TableLength = 1 << (WindowBits - 2);

        // 128 bits and what the last window carries.
        private const int DigitCount = 130;

        private readonly PointArithmetic _points;
        private readonly GeneratorComb _comb = new GeneratorComb();
        private readonly ScalarSplit _split = new ScalarSplit();
        private readonly Scalar _half1 = new Scalar();
        private readonly Scalar _half2 = new Scalar();
        private readonly sbyte[] _digits1 = new sbyte[DigitCount];
        private readonly sbyte[] _digits2 = new sbyte[DigitCount];

        // P, 3P, 5P ... 15P, all with the same Z, and the x of lambda times each.
        private readonly AffinePoint[] _odd = new AffinePoint[TableLength];
        private readonly FieldElement[] _lambdaX = new FieldElement[TableLength];
        private readonly FieldElement _commonZ = new FieldElement();
        private readonly FieldElement _beta = new FieldElement();
        private readonly FieldElement _scale = new FieldElement();
        private readonly FieldElement _power = new FieldElement();
        private readonly JacobianPoint _twice = new JacobianPoint();
        private readonly AffinePoint _entry = new AffinePoint();
        private bool _isEmpty;

        public DoubleMultiplication(PointArithmetic points)
        {
            _points = points;
            ScalarSplit.ReadBeta(_beta);
            for (int i = 0; i < TableLength; i++)
            {
                _odd[i] = new AffinePoint();
                _lambdaX[i] = new FieldElement();
            }
        }

        /// <summary>Sets target to u * G + k * P.</summary>
        /// <param name="target">May become the point at infinity; its Z is normalised.</param>
        /// <param name="u">0 to n - 1.</param>
        /// <param name="k">1 to n - 1.</param>
        /// <param name="p">Any point of the group.</param>
        public void Multiply(JacobianPoint target, Scalar u, Scalar k, AffinePoint p)
        {
            _comb.Recode(u);
            _split.Split(k, _half1, _half2);
            SetDigits(_digits1, _half1);
            SetDigits(_digits2, _half2);
            SetMultiples(target, p);
            SumDigits(target);

            target.Z.SetProduct(target.Z, _commonZ);
            target.Z.Normalise();
            if (target.Z.IsZero())
            {
                new CompleteMultiplication(_points).Multiply(target, u, k, p);
                target.Z.Normalise();
            }
        }

        // Non-adjacent form: from the lowest bit on, whenever what remains is odd, the digit is
        // its remainder modulo 32, from -15 to 15, which makes the next four digits 0.
        private static void SetDigits(sbyte[] digits, Scalar half)
        {
            long isNegative = half.IsHigh();
            half.SetNegativeIf(half, isNegative);
            long sign = 1 - 2 * isNegative;
            long rest = 0;
            int restBits = 0;
            int limb = 0;
            int place = 0;
            Array.Clear(digits, 0, DigitCount);
            while (place < DigitCount)
            {
                if (restBits < WindowBits)
                {
                    rest += half.N[limb++] << restBits;
                    restBits += Limbs.Bits;
                }

                int taken = 1;
                if ((rest & 1) != 0)
                {
                    long digit = rest & ((1 << WindowBits) - 1);
                    digit -= (digit >> (WindowBits - 1)) << WindowBits;
                    digits[place] = (sbyte)(sign * digit);
                    rest -= digit;
                    taken = WindowBits;
                }

                rest >>= taken;
                restBits -= taken;
                place += taken;
            }
        }

        // On the isomorphic curve on which 2P has Z = 1, P can have Z = 1 too, and each next odd
        // multiple is one more 2P with the same Z. The ratios of these Z, kept in the places of
        // the lambda multiples, bring all to the last one's.
        private void SetMultiples(JacobianPoint multiple, AffinePoint p)
        {
            _twice.Set(p.X, p.Y);
            _points.Double(_twice);
            _power.SetSquare(_twice.Z);
            _odd[0].X.SetProduct(p.X, _power);
            _power.SetProduct(_power, _twice.Z);
            _odd[0].Y.SetProduct(p.Y, _power);

            multiple.Set(_odd[0].X, _odd[0].Y);
            for (int i = 1; i < TableLength; i++)
            {
                _points.AddWithSameZ(multiple, _twice.X, _twice.Y);
                _odd[i].X.Set(multiple.X);
                _odd[i].Y.Set(multiple.Y);
                _lambdaX[i].Set(_points.LastRatio);
            }

            _commonZ.SetProduct(multiple.Z, _twice.Z);
            _scale.SetSmall(1);
            for (int i = TableLength - 1; i > 0; i--)
            {
                _scale.SetProduct(_scale, _lambdaX[i]);
                ScaleTo(_odd[i - 1]);
                _lambdaX[i].SetProduct(_odd[i].X, _beta);
            }

            _lambdaX[0].SetProduct(_odd[0].X, _beta);
        }

        // (X, Y) with Z becomes (X s^2, Y s^3) with s Z.
        private void ScaleTo(AffinePoint multiple)
        {
            _power.SetSquare(_scale);
            multiple.X.SetProduct(multiple.X, _power);
            _power.SetProduct(_power, _scale);
            multiple.Y.SetProduct(multiple.Y, _power);
        }

        private void SumDigits(JacobianPoint sum)
        {
            _isEmpty = true;
            for (int i = DigitCount - 1; i >= 0; i--)
            {
                if (!_isEmpty)
                {
                    _points.Double(sum);
                }

                int digit = _digits1[i];
                if (digit != 0)
                {
                    int index = (digit < 0 ? -digit : digit) >> 1;
                    AddSigned(sum, _odd[index].X, _odd[index].Y, digit);
                }

                digit = _digits2[i];
                if (digit != 0)
                {
                    int index = (digit < 0 ? -digit : digit) >> 1;
                    AddSigned(sum, _lambdaX[index], _odd[index].Y, digit);
                }

                if (i < GeneratorComb.Columns)
                {
                    AddGenerator(sum, 0, i);
                    AddGenerator(sum, 1, i);
                }
            }
        }

        private void AddSigned(JacobianPoint sum, FieldElement x, FieldElement y, int sign)
        {
            FieldElement signedY = y;
            if (sign < 0)
            {
                signedY = _power;
                signedY.SetNegative(y);
            }

            if (_isEmpty)
            {
                sum.Set(x, signedY);
                _isEmpty = false;
            }
            else
            {
                _points.Add(sum, x, signedY);
            }
        }

        // G is a point of the curve itself, the sum one of the isomorphic curve, whose points
        // have the common Z as a factor of theirs.
        private void AddGenerator(JacobianPoint sum, int block, int column)
        {
            _comb.ReadEntry(_entry, block, column);
            if (_isEmpty)
            {
                sum.SetScaled(_entry.X, _entry.Y, _commonZ);
                sum.Z.SetSmall(1);
                _isEmpty = false;
            }
            else
            {
                _points.AddToScaled(sum, _commonZ, _entry.X, _entry.Y);
            }
        }
    }
}
