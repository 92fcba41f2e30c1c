namespace Helios.Signing
{
    /// <summary>
    /// A number modulo n, the order of secp256k1's group (SEC 2, 2.4.1), canonical: 0 to n - 1.
    /// Changed in place; operands may be the target. Everything here runs the same operations for
    /// every value.
    /// </summary>
    internal sealed partial class Scalar
    {
        /// <summary>
        /// n = FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFE BAAEDCE6 AF48A03B BFD25E8C D0364141, in limbs.
        /// </summary>
        public static readonly long[] Order =
        {
            0x10364141, 0x1E92F466, 0x12280EEF, 0x1DB9CD5E, 0x1FFFEBAA,
            0x1FFFFFFF, 0x1FFFFFFF, 0x1FFFFFFF, 0x00FFFFFF,
        };

        private const int Bits = Limbs.Bits;
        private const int Count = Limbs.Count;

        // (n - 1) / 2, the highest low s (EIP-2).
        private static readonly long[] HalfOrder =
        {
            0x081B20A0, 0x1F497A33, 0x09140777, 0x0EDCE6AF, 0x1FFFF5D5,
            0x1FFFFFFF, 0x1FFFFFFF, 0x1FFFFFFF, 0x007FFFFF,
        };

        // 2^256 - n.
        private static readonly long[] TopFold =
        {
            0x0FC9BEBF, 0x016D0B99, 0x0DD7F110, 0x024632A1, 0x00001455,
        };

        /// <summary>Nine limbs of 29 bits, the lowest first.</summary>
        public readonly long[] N = new long[Count];

        /// <summary>Sets this to a number of 32 bytes, big-endian, modulo n.</summary>
        /// <returns>Whether the number was below n.</returns>
        public bool Read(byte[] source, int offset)
        {
            Limbs.Read(N, source, offset);
            return SubtractOrder() == 0;
        }

        /// <summary>Writes 32 bytes, big-endian.</summary>
        public void Write(byte[] target, int offset)
        {
            Limbs.Write(N, target, offset);
        }

        /// <summary>Sets this to a.</summary>
        public void Set(Scalar a)
        {
            Limbs.Copy(a.N, N);
        }

        /// <summary>Sets this to a + b.</summary>
        public void SetSum(Scalar a, Scalar b)
        {
            for (int i = 0; i < Count; i++)
            {
                N[i] = a.N[i] + b.N[i];
            }

            Reduce();
        }

        /// <summary>Sets this to -a.</summary>
        public void SetNegative(Scalar a)
        {
            SetNegativeIf(a, 1);
            SubtractOrder();
        }

        /// <summary>Sets this to a or, if the condition is 1, to n - a.</summary>
        /// <param name="a">Not 0, else the result may be n.</param>
        /// <param name="condition">0 or 1.</param>
        public void SetNegativeIf(Scalar a, long condition)
        {
            long sum = 0;
            for (int i = 0; i < Count; i++)
            {
                long limb = a.N[i];
                sum += limb + condition * (Order[i] - (limb << 1));
                N[i] = sum & Limbs.Mask;
                sum >>= Bits;
            }
        }

        /// <summary>Sets this to a / 2.</summary>
        public void SetHalf(Scalar a)
        {
            long odd = a.N[0] & 1;
            long sum = 0;
            for (int i = 0; i < Count; i++)
            {
                sum += a.N[i] + odd * Order[i];
                N[i] = sum & Limbs.Mask;
                sum >>= Bits;
            }

            // The sum is even and below 2^257: its bit 256 is still in the highest limb.
            for (int i = 0; i < Count - 1; i++)
            {
                N[i] = (N[i] >> 1) | ((N[i + 1] & 1) << (Bits - 1));
            }

            N[Count - 1] >>= 1;
        }

        /// <summary>Whether this is 0.</summary>
        public bool IsZero()
        {
            return Limbs.IsZero(N);
        }

        /// <summary>Whether both are the same number.</summary>
        public bool IsSame(Scalar a)
        {
            long difference = 0;
            for (int i = 0; i < Count; i++)
            {
                difference |= N[i] ^ a.N[i];
            }

            return difference == 0;
        }

        /// <summary>1 if this is above (n - 1) / 2, else 0.</summary>
        public long IsHigh()
        {
            long difference = 0;
            for (int i = 0; i < Count; i++)
            {
                difference = (difference + HalfOrder[i] - N[i]) >> Bits;
            }

            return -difference;
        }

        /// <summary>Overwrites the number with 0.</summary>
        public void Clear()
        {
            Secret.Clear(N);
        }

        // Makes limbs canonical whose value is 0 to 2^280.
        private void Reduce()
        {
            // The first time leaves less than 2^256 + 2^153, the second less than 2^256.
            FoldTop();
            FoldTop();
            SubtractOrder();
        }

        // Carries, and adds the remainder of what is then at 2^256 and above. The sum is not
        // carried.
        private void FoldTop()
        {
            Carry();
            long top = N[Count - 1] >> Limbs.TopBits;
            N[Count - 1] &= Limbs.TopMask;
            for (int i = 0; i < TopFold.Length; i++)
            {
                N[i] += top * TopFold[i];
            }
        }

        // Carries, and subtracts n from a number below 2^256 if it is at least n. Returns 1 if it
        // was, else 0.
        private long SubtractOrder()
        {
            // At least n if and only if adding 2^256 - n reaches 2^256.
            long sum = 0;
            for (int i = 0; i < TopFold.Length; i++)
            {
                sum = (sum + N[i] + TopFold[i]) >> Bits;
            }

            for (int i = TopFold.Length; i < Count - 1; i++)
            {
                sum = (sum + N[i]) >> Bits;
            }

            long atLeastOrder = (sum + N[Count - 1]) >> Limbs.TopBits;
            for (int i = 0; i < TopFold.Length; i++)
            {
                N[i] += atLeastOrder * TopFold[i];
            }

            N[Count - 1] -= atLeastOrder << Limbs.TopBits;
            Carry();
            return atLeastOrder;
        }

        // Brings all limbs but the highest into 0 to 2^29 - 1.
        private void Carry()
        {
            long sum = 0;
            for (int i = 0; i < Count - 1; i++)
            {
                sum += N[i];
                N[i] = sum & Limbs.Mask;
                sum >>= Bits;
            }

            N[Count - 1] += sum;
        }
    }
}
