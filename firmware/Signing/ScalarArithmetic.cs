using System;

namespace Helios.Signing
{
    /// <summary>
    /// Products and inverses modulo n, with the scratch that they need. Targets may be operands. All but
    /// <see cref="Invert"/> run the same operations for every value; <see cref="Clear"/> wipes what the
    /// last ones left behind.
    /// </summary>
    internal sealed class ScalarArithmetic
    {
        private const int Bits = Limbs.Bits;
        private const int Count = Limbs.Count;

        // A product has 18 limbs.
        private const int WideCount = 2 * Count;

        // 2^261 mod n = 32 (2^256 - n).
        private static readonly long[] WideFold =
        {
            0x1937D7E0, 0x0DA1732F, 0x1AFE2201, 0x08C6542D, 0x00028AA2,
        };

        private readonly long[] _wide = new long[WideCount];
        private readonly long[] _high = new long[Count];
        private readonly LehmerInversion _inversion = new LehmerInversion(Scalar.Order);

        /// <summary>Sets target to a * b.</summary>
        public void Multiply(Scalar target, Scalar a, Scalar b)
        {
            SetWide(a.N, b.N);
            CarryWide(WideCount);

            // 522 bits, then 261 + 134 in 14 limbs, then 145 + 134 in 10, then 262.
            FoldWide(WideCount, 14);
            FoldWide(14, 10);
            FoldWide(10, Count);

            Array.Copy(_wide, 0, target.N, 0, Count);
            target.Reduce();
        }

        /// <summary>
        /// Sets target to a * b / 2^384, rounded to the nearest, as the splitting of a scalar needs it.
        /// </summary>
        public void MultiplyShift384(Scalar target, Scalar a, long[] b)
        {
            // 384 = 13 * 29 + 7.
            const int Whole = 13;
            const int Rest = 7;
            SetWide(a.N, b);
            _wide[Whole] += 1L << (Rest - 1);
            CarryWide(WideCount);
            target.Clear();
            for (int i = 0; i < WideCount - Whole; i++)
            {
                long above = i + 1 < WideCount - Whole ? _wide[Whole + i + 1] : 0;
                target.N[i] = (_wide[Whole + i] >> Rest) | ((above << (Bits - Rest)) & Limbs.Mask);
            }
        }

        /// <summary>
        /// Sets target to 1 / a. The time depends on the value: multiply a secret by a secret random
        /// number before, and the result by the same number after.
        /// </summary>
        /// <param name="target">Receives the inverse.</param>
        /// <param name="a">Not 0.</param>
        public void Invert(Scalar target, Scalar a)
        {
            if (_inversion.TryInvert(a.N, target.N))
            {
                return;
            }

            // Fermat: a^(n - 2). The lowest limb of n is above 2, so that only it changes.
            Scalar power = new Scalar();
            power.N[0] = 1;
            Scalar factor = new Scalar();
            factor.Set(a);
            for (int bit = 8 * Limbs.ByteCount - 1; bit >= 0; bit--)
            {
                int limb = bit / Bits;
                long exponent = limb == 0 ? Scalar.Order[0] - 2 : Scalar.Order[limb];
                Multiply(power, power, power);
                if (((exponent >> (bit % Bits)) & 1) != 0)
                {
                    Multiply(power, power, factor);
                }
            }

            target.Set(power);
        }

        /// <summary>Overwrites what the last operations left behind.</summary>
        public void Clear()
        {
            Secret.Clear(_wide);
            Secret.Clear(_high);
            _inversion.Clear();
        }

        private void SetWide(long[] a, long[] b)
        {
            // A column is below 9 * 2^58 = 2^61.2.
            for (int k = 0; k < WideCount - 1; k++)
            {
                int i = k < Count ? 0 : k - Count + 1;
                int last = k < Count ? k : Count - 1;
                long sum = 0;
                for (; i <= last; i++)
                {
                    sum += a[i] * b[k - i];
                }

                _wide[k] = sum;
            }

            _wide[WideCount - 1] = 0;
        }

        // Brings the limbs below the last one of so many into 0 to 2^29 - 1.
        private void CarryWide(int count)
        {
            long carry = 0;
            for (int i = 0; i < count - 1; i++)
            {
                carry += _wide[i];
                _wide[i] = carry & Limbs.Mask;
                carry >>= Bits;
            }

            _wide[count - 1] += carry;
        }

        // Replaces the limbs from 2^261 on by their remainders.
        private void FoldWide(int count, int countAfter)
        {
            int highCount = count - Count;
            Array.Copy(_wide, Count, _high, 0, highCount);
            Array.Clear(_wide, Count, WideCount - Count);
            for (int i = 0; i < highCount; i++)
            {
                long high = _high[i];
                for (int j = 0; j < WideFold.Length; j++)
                {
                    _wide[i + j] += high * WideFold[j];
                }
            }

            CarryWide(countAfter);
        }

    }
}