namespace Helios.Signing
{
    // The product modulo n, summed by columns like those of the field: 2^261 mod n has five
    // limbs, so that the nine high limbs of the product fold into fourteen, and their five high
    // ones once more. A column stays below 14 * 2^58 < 2^62.
    internal sealed partial class Scalar
    {
        // 2^261 mod n = 32 (2^256 - n), in limbs.
        private const long Fold0 = 0x1937D7E0;
        private const long Fold1 = 0x0DA1732F;
        private const long Fold2 = 0x1AFE2201;
        private const long Fold3 = 0x08C6542D;
        private const long Fold4 = 0x00028AA2;

        /// <summary>Sets this to a * b.</summary>
        public void SetProduct(Scalar a, Scalar b)
        {
            long a0 = a.N[0], a1 = a.N[1], a2 = a.N[2], a3 = a.N[3], a4 = a.N[4];
            long a5 = a.N[5], a6 = a.N[6], a7 = a.N[7], a8 = a.N[8];
            long b0 = b.N[0], b1 = b.N[1], b2 = b.N[2], b3 = b.N[3], b4 = b.N[4];
            long b5 = b.N[5], b6 = b.N[6], b7 = b.N[7], b8 = b.N[8];
            long mask = Limbs.Mask, f0 = Fold0, f1 = Fold1, f2 = Fold2, f3 = Fold3, f4 = Fold4;

            long s = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1;
            long h0 = s & mask;
            s = (s >> Bits) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2;
            long h1 = s & mask;
            s = (s >> Bits) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3;
            long h2 = s & mask;
            s = (s >> Bits) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4;
            long h3 = s & mask;
            s = (s >> Bits) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5;
            long h4 = s & mask;
            s = (s >> Bits) + a6 * b8 + a7 * b7 + a8 * b6;
            long h5 = s & mask;
            s = (s >> Bits) + a7 * b8 + a8 * b7;
            long h6 = s & mask;
            s = (s >> Bits) + a8 * b8;
            long h7 = s & mask;
            long h8 = s >> Bits;

            s = a0 * b0 + h0 * f0;
            N[0] = s & mask;
            s = (s >> Bits) + a0 * b1 + a1 * b0 + h1 * f0 + h0 * f1;
            N[1] = s & mask;
            s = (s >> Bits) + a0 * b2 + a1 * b1 + a2 * b0 + h2 * f0 + h1 * f1 + h0 * f2;
            N[2] = s & mask;
            s = (s >> Bits) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + h3 * f0 + h2 * f1 + h1 * f2
                + h0 * f3;
            N[3] = s & mask;
            s = (s >> Bits) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + h4 * f0 + h3 * f1
                + h2 * f2 + h1 * f3 + h0 * f4;
            N[4] = s & mask;
            s = (s >> Bits) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + h5 * f0
                + h4 * f1 + h3 * f2 + h2 * f3 + h1 * f4;
            N[5] = s & mask;
            s = (s >> Bits) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
                + h6 * f0 + h5 * f1 + h4 * f2 + h3 * f3 + h2 * f4;
            N[6] = s & mask;
            s = (s >> Bits) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1
                + a7 * b0 + h7 * f0 + h6 * f1 + h5 * f2 + h4 * f3 + h3 * f4;
            N[7] = s & mask;
            s = (s >> Bits) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2
                + a7 * b1 + a8 * b0 + h8 * f0 + h7 * f1 + h6 * f2 + h5 * f3 + h4 * f4;
            N[8] = s & mask;

            s = (s >> Bits) + h8 * f1 + h7 * f2 + h6 * f3 + h5 * f4;
            long g0 = s & mask;
            s = (s >> Bits) + h8 * f2 + h7 * f3 + h6 * f4;
            long g1 = s & mask;
            s = (s >> Bits) + h8 * f3 + h7 * f4;
            long g2 = s & mask;
            s = (s >> Bits) + h8 * f4;
            long g3 = s & mask;
            long g4 = s >> Bits;

            FoldHigh(g0, g1, g2, g3, g4);
            Reduce();
        }

        // Adds the limbs g, of weight 2^261 and more, to the nine below; the highest takes the
        // carry.
        private void FoldHigh(long g0, long g1, long g2, long g3, long g4)
        {
            long mask = Limbs.Mask, f0 = Fold0, f1 = Fold1, f2 = Fold2, f3 = Fold3, f4 = Fold4;

            long s = N[0] + g0 * f0;
            N[0] = s & mask;
            s = (s >> Bits) + N[1] + g1 * f0 + g0 * f1;
            N[1] = s & mask;
            s = (s >> Bits) + N[2] + g2 * f0 + g1 * f1 + g0 * f2;
            N[2] = s & mask;
            s = (s >> Bits) + N[3] + g3 * f0 + g2 * f1 + g1 * f2 + g0 * f3;
            N[3] = s & mask;
            s = (s >> Bits) + N[4] + g4 * f0 + g3 * f1 + g2 * f2 + g1 * f3 + g0 * f4;
            N[4] = s & mask;
            s = (s >> Bits) + N[5] + g4 * f1 + g3 * f2 + g2 * f3 + g1 * f4;
            N[5] = s & mask;
            s = (s >> Bits) + N[6] + g4 * f2 + g3 * f3 + g2 * f4;
            N[6] = s & mask;
            s = (s >> Bits) + N[7] + g4 * f3 + g3 * f4;
            N[7] = s & mask;
            s = (s >> Bits) + N[8] + g4 * f4;
            N[8] = s;
        }
    }
}
