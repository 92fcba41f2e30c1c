namespace Helios.Signing
{
    /// <summary>
    /// A number modulo p = 2^256 - 2^32 - 977, the field of secp256k1 (SEC 2, 2.4.1), in nine
    /// limbs of 29 bits with sign. Changed in place; every operation allows its operands to be
    /// the target.
    /// </summary>
    /// <remarks>
    /// <para>Reduced means: limbs of 0 to 2^29 - 1, but for limb 2, which may be 2^18 below or
    /// above. Every product is reduced; its value may exceed p, up to 2^261. A difference of two
    /// reduced elements is a limb-wise difference and is not reduced, but its limbs are no
    /// larger, so it may enter a product as it is: that is what the sign is for.</para>
    /// <para>Everything here runs the same operations for every value.</para>
    /// <para>Fields, not an array: an interpreter reaches a field in one instruction less.</para>
    /// </remarks>
    internal sealed partial class FieldElement
    {
        /// <summary>The limbs; the value is the sum of N(i) * 2^(29 i).</summary>
        public long N0, N1, N2, N3, N4, N5, N6, N7, N8;

        private const int Bits = Limbs.Bits;

        // 2^261 mod p = Fold0 + 2^29 * 2^Fold1.
        private const long Fold0 = 977 << 5;
        private const int Fold1 = 8;

        // 2^256 mod p = TopFold0 + 2^29 * 2^TopFold1.
        private const long TopFold0 = 977;
        private const int TopFold1 = 3;

        /// <summary>Sets this to a small number, 0 to 2^29 - 1.</summary>
        public void SetSmall(long value)
        {
            N0 = value;
            N1 = N2 = N3 = N4 = N5 = N6 = N7 = N8 = 0;
        }

        /// <summary>Sets this to a.</summary>
        public void Set(FieldElement a)
        {
            N0 = a.N0;
            N1 = a.N1;
            N2 = a.N2;
            N3 = a.N3;
            N4 = a.N4;
            N5 = a.N5;
            N6 = a.N6;
            N7 = a.N7;
            N8 = a.N8;
        }

        /// <summary>Sets this to a number in limbs of 0 to 2^29 - 1; it may exceed p.</summary>
        public void SetLimbs(long[] limbs)
        {
            N0 = limbs[0];
            N1 = limbs[1];
            N2 = limbs[2];
            N3 = limbs[3];
            N4 = limbs[4];
            N5 = limbs[5];
            N6 = limbs[6];
            N7 = limbs[7];
            N8 = limbs[8];
        }

        /// <summary>
        /// Sets this to factor (-1 or 1) times the number with these limbs of 0 to 2^29 - 1. They
        /// are integers, which as constants of a table take less code than longs.
        /// </summary>
        public void SetConstant(
            long factor, int n0, int n1, int n2, int n3, int n4, int n5, int n6, int n7, int n8)
        {
            N0 = factor * n0;
            N1 = factor * n1;
            N2 = factor * n2;
            N3 = factor * n3;
            N4 = factor * n4;
            N5 = factor * n5;
            N6 = factor * n6;
            N7 = factor * n7;
            N8 = factor * n8;
        }

        /// <summary>Writes the limbs as they are; for canonical ones normalise first.</summary>
        public void CopyLimbsTo(long[] limbs)
        {
            limbs[0] = N0;
            limbs[1] = N1;
            limbs[2] = N2;
            limbs[3] = N3;
            limbs[4] = N4;
            limbs[5] = N5;
            limbs[6] = N6;
            limbs[7] = N7;
            limbs[8] = N8;
        }

        /// <summary>Sets this to a - b, not reduced.</summary>
        /// <param name="a">Reduced.</param>
        /// <param name="b">Reduced.</param>
        public void SetDifference(FieldElement a, FieldElement b)
        {
            N0 = a.N0 - b.N0;
            N1 = a.N1 - b.N1;
            N2 = a.N2 - b.N2;
            N3 = a.N3 - b.N3;
            N4 = a.N4 - b.N4;
            N5 = a.N5 - b.N5;
            N6 = a.N6 - b.N6;
            N7 = a.N7 - b.N7;
            N8 = a.N8 - b.N8;
        }

        /// <summary>Sets this to -a, not reduced.</summary>
        /// <param name="a">Reduced.</param>
        public void SetNegative(FieldElement a)
        {
            N0 = -a.N0;
            N1 = -a.N1;
            N2 = -a.N2;
            N3 = -a.N3;
            N4 = -a.N4;
            N5 = -a.N5;
            N6 = -a.N6;
            N7 = -a.N7;
            N8 = -a.N8;
        }

        /// <summary>
        /// Replaces this by the one representation with 0 to p - 1. Limbs up to 2^40 in size are
        /// allowed before.
        /// </summary>
        public void Normalise()
        {
            // From |value| below 2^272 the first pass leaves less than 2^256 + 2^49 in size, the
            // second a number of 0 to 2^256 - 1, and the third carries what the second folded.
            FoldTop();
            FoldTop();
            FoldTop();

            // At least p if and only if adding 2^256 - p reaches 2^256, and then that sum less
            // 2^256 is the value less p.
            long q = N0 + TopFold0;
            q = (q >> Bits) + N1 + (1 << TopFold1);
            q = (q >> Bits) + N2;
            q = (q >> Bits) + N3;
            q = (q >> Bits) + N4;
            q = (q >> Bits) + N5;
            q = (q >> Bits) + N6;
            q = (q >> Bits) + N7;
            q = (q >> Bits) + N8;
            long atLeastP = q >> Limbs.TopBits;
            N0 += atLeastP * TopFold0;
            N1 += atLeastP << TopFold1;
            N8 -= atLeastP << Limbs.TopBits;
            FoldTop();
        }

        /// <summary>Whether this is 0. Normalise first.</summary>
        public bool IsZero()
        {
            return (N0 | N1 | N2 | N3 | N4 | N5 | N6 | N7 | N8) == 0;
        }

        /// <summary>Whether this is odd. Normalise first.</summary>
        public bool IsOdd()
        {
            return (N0 & 1) != 0;
        }

        /// <summary>Whether both are the same number. Normalise both first.</summary>
        public bool IsSame(FieldElement a)
        {
            return ((N0 ^ a.N0) | (N1 ^ a.N1) | (N2 ^ a.N2) | (N3 ^ a.N3) | (N4 ^ a.N4)
                | (N5 ^ a.N5) | (N6 ^ a.N6) | (N7 ^ a.N7) | (N8 ^ a.N8)) == 0;
        }

        // Carries through all limbs and replaces what is at 2^256 and above by its remainder.
        private void FoldTop()
        {
            const long Mask = Limbs.Mask;
            long s = N0;
            N0 = s & Mask;
            s = (s >> Bits) + N1;
            N1 = s & Mask;
            s = (s >> Bits) + N2;
            N2 = s & Mask;
            s = (s >> Bits) + N3;
            N3 = s & Mask;
            s = (s >> Bits) + N4;
            N4 = s & Mask;
            s = (s >> Bits) + N5;
            N5 = s & Mask;
            s = (s >> Bits) + N6;
            N6 = s & Mask;
            s = (s >> Bits) + N7;
            N7 = s & Mask;
            s = (s >> Bits) + N8;
            N8 = s & Limbs.TopMask;
            s >>= Limbs.TopBits;
            N0 += s * TopFold0;
            N1 += s << TopFold1;
        }
    }
}
