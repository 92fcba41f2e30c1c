namespace Helios.Signing
{
    /// <summary>
    /// Splits k into k1 + k2 * lambda (mod n) with both below 2^128 in size, so that k * P takes
    /// half the doublings: lambda * (x, y) = (beta x, y) (Gallant, Lambert, Vanstone, CRYPTO
    /// 2001; Hankerson, Menezes, Vanstone, Guide to Elliptic Curve Cryptography, algorithm 3.74).
    /// Not for secrets.
    /// </summary>
    /// <remarks>
    /// (a1, b1) and (a2, b2) with a + b * lambda = 0 (mod n) are the two short vectors that
    /// Euclid's algorithm on (n, lambda) passes at its middle. A test derives every constant from
    /// lambda.
    /// </remarks>
    internal sealed class ScalarSplit
    {
        // A cube root of 1 modulo n: 5363AD4C C05C30E0 A5261C02 8812645A 122E22EA 20816678
        // DF02967C 1B23BD72.
        private static readonly long[] Lambda =
        {
            0x1B23BD72, 0x1814B3E0, 0x00599E37, 0x1C45D441, 0x0645A122,
            0x0E014409, 0x03829498, 0x09980B86, 0x005363AD,
        };

        // The cube root of 1 modulo p that belongs to it: 7AE96A2B 657C0710 6E64479E AC3434E9
        // 9CF04975 12F58995 C1396C28 719501EE.
        private static readonly long[] BetaLimbs =
        {
            0x119501EE, 0x09CB6143, 0x1D626570, 0x0092EA25, 0x034E99CF,
            0x03CF561A, 0x1C41B991, 0x056CAF80, 0x007AE96A,
        };

        // 2^384 * b2 / n and 2^384 * -b1 / n, rounded.
        private static readonly long[] G1 =
        {
            0x05DBB031, 0x049904D2, 0x1A329FFA, 0x151428E3, 0x0EB153DA,
            0x08724942, 0x0F37A1B2, 0x0434FA8D, 0x003086D2,
        };

        private static readonly long[] G2 =
        {
            0x0AC47F71, 0x0B8DA574, 0x1D41B185, 0x0411593B, 0x1E4C4221,
            0x1FD4855F, 0x00A1BD51, 0x1AC021D1, 0x00E4437E,
        };

        // -b1 and -b2 modulo n.
        private static readonly long[] MinusB1 =
        {
            0x0ABFE4C3, 0x1AA3FD48, 0x03A20A1B, 0x06FDAC02, 0x00000E44, 0, 0, 0, 0,
        };

        private static readonly long[] MinusB2 =
        {
            0x1DB1562C, 0x1B2E6D41, 0x1D0D1B75, 0x10158A0E, 0x1FFFE8A2,
            0x1FFFFFFF, 0x1FFFFFFF, 0x1FFFFFFF, 0x00FFFFFF,
        };

        // 384 = 13 * 29 + 7: what is below is divided away.
        private const int WideCount = 2 * Limbs.Count - 1;
        private const int ShiftLimbs = 13;
        private const int ShiftBits = 7;

        private readonly long[] _wide = new long[WideCount + 1];
        private readonly Scalar _constant = new Scalar();
        private readonly Scalar _c1 = new Scalar();

        /// <summary>beta: the factor of x that multiplies a point by lambda.</summary>
        public static void ReadBeta(FieldElement target)
        {
            target.SetLimbs(BetaLimbs);
        }

        /// <summary>
        /// Splits k. A half that is above n / 2 stands for a small negative number.
        /// </summary>
        public void Split(Scalar k, Scalar k1, Scalar k2)
        {
            // c1 = k b2 / n and c2 = -k b1 / n; k2 = -c1 b1 - c2 b2 and k1 = k - k2 lambda.
            SetQuotient(_c1, k, G1);
            SetQuotient(k2, k, G2);
            MultiplyConstant(_c1, MinusB1);
            MultiplyConstant(k2, MinusB2);
            k2.SetSum(k2, _c1);

            _c1.Set(k2);
            MultiplyConstant(_c1, Lambda);
            _c1.SetNegative(_c1);
            k1.SetSum(k, _c1);
        }

        // k * g / 2^384, rounded to the nearest.
        private void SetQuotient(Scalar target, Scalar k, long[] g)
        {
            long sum = 0;
            for (int column = 0; column < WideCount; column++)
            {
                int i = column < Limbs.Count ? 0 : column - Limbs.Count + 1;
                int last = column - i;
                for (; i <= last; i++)
                {
                    sum += k.N[i] * g[column - i];
                }

                if (column == ShiftLimbs)
                {
                    sum += 1L << (ShiftBits - 1);
                }

                _wide[column] = sum & Limbs.Mask;
                sum >>= Limbs.Bits;
            }

            _wide[WideCount] = sum;
            target.Clear();
            for (int i = ShiftLimbs; i < WideCount; i++)
            {
                long above = _wide[i + 1] << (Limbs.Bits - ShiftBits);
                target.N[i - ShiftLimbs] = (_wide[i] >> ShiftBits) | (above & Limbs.Mask);
            }

            target.N[WideCount - ShiftLimbs] = _wide[WideCount] >> ShiftBits;
        }

        private void MultiplyConstant(Scalar target, long[] constant)
        {
            Limbs.Copy(constant, _constant.N);
            target.SetProduct(target, _constant);
        }
    }
}
