namespace Helios.Signing
{
    // The products. Each one sums the seventeen columns of the schoolbook product without
    // carries, the high ones first: their limbs h0..h8 have weight 2^261 and more, and 2^261 =
    // 2^37 + 31264 (mod p), so h(k) enters column k times 31264 and column k + 1 shifted by 8.
    // What then exceeds 2^261 (below 2^40) is folded once more into the lowest two limbs.
    //
    // A column stays below 2^63: it is 9 * 2^58 = 2^61.2 for one product of reduced operands, and
    // each method says how much larger its operands may be. The unrolled form, with every limb in
    // a local, costs an interpreter half of what loops over arrays would; each method repeats the
    // reduction, because a call would have to store seventeen columns and load them again.
    internal sealed partial class FieldElement
    {
        /// <summary>Sets this to a * b.</summary>
        /// <param name="a">Reduced, or the sum or difference of two reduced elements.</param>
        /// <param name="b">Reduced, or the difference of two reduced elements.</param>
        public void SetProduct(FieldElement a, FieldElement b)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
            long b5 = b.N5, b6 = b.N6, b7 = b.N7, b8 = b.N8;
            long mask = Limbs.Mask, fold = Fold0;

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

            s = a0 * b0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + a0 * b1 + a1 * b0 + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + a0 * b2 + a1 * b1 + a2 * b0 + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + h3 * fold + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + h4 * fold
                + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0
                + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
                + h6 * fold + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1
                + a7 * b0 + h7 * fold + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2
                + a7 * b1 + a8 * b0 + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }

        /// <summary>Sets this to 2a * b.</summary>
        /// <param name="a">Reduced.</param>
        /// <param name="b">Reduced, or the difference of two reduced elements.</param>
        public void SetTwiceProduct(FieldElement a, FieldElement b)
        {
            long a0 = a.N0 << 1, a1 = a.N1 << 1, a2 = a.N2 << 1, a3 = a.N3 << 1, a4 = a.N4 << 1;
            long a5 = a.N5 << 1, a6 = a.N6 << 1, a7 = a.N7 << 1, a8 = a.N8 << 1;
            long b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
            long b5 = b.N5, b6 = b.N6, b7 = b.N7, b8 = b.N8;
            long mask = Limbs.Mask, fold = Fold0;

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

            s = a0 * b0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + a0 * b1 + a1 * b0 + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + a0 * b2 + a1 * b1 + a2 * b0 + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + h3 * fold + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + h4 * fold
                + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0
                + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
                + h6 * fold + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1
                + a7 * b0 + h7 * fold + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2
                + a7 * b1 + a8 * b0 + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }

        /// <summary>Sets this to a * b - c, subtracted inside the columns.</summary>
        /// <param name="a">Reduced, or the sum or difference of two reduced elements.</param>
        /// <param name="b">Reduced, or the difference of two reduced elements.</param>
        /// <param name="c">As <paramref name="b"/>.</param>
        public void SetProductLess(FieldElement a, FieldElement b, FieldElement c)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
            long b5 = b.N5, b6 = b.N6, b7 = b.N7, b8 = b.N8;
            long mask = Limbs.Mask, fold = Fold0;

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

            s = a0 * b0 - c.N0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + a0 * b1 + a1 * b0 - c.N1 + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + a0 * b2 + a1 * b1 + a2 * b0 - c.N2 + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - c.N3 + h3 * fold
                + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - c.N4 + h4 * fold
                + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - c.N5
                + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
                - c.N6 + h6 * fold + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1
                + a7 * b0 - c.N7 + h7 * fold + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2
                + a7 * b1 + a8 * b0 - c.N8 + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }

        /// <summary>Sets this to a * b - c * d with one reduction for both.</summary>
        /// <param name="a">Reduced, or the difference of two reduced elements.</param>
        /// <param name="b">As <paramref name="a"/>.</param>
        /// <param name="c">As <paramref name="a"/>.</param>
        /// <param name="d">As <paramref name="a"/>.</param>
        public void SetProductDifference(
            FieldElement a, FieldElement b, FieldElement c, FieldElement d)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
            long b5 = b.N5, b6 = b.N6, b7 = b.N7, b8 = b.N8;
            long c0 = c.N0, c1 = c.N1, c2 = c.N2, c3 = c.N3, c4 = c.N4;
            long c5 = c.N5, c6 = c.N6, c7 = c.N7, c8 = c.N8;
            long d0 = d.N0, d1 = d.N1, d2 = d.N2, d3 = d.N3, d4 = d.N4;
            long d5 = d.N5, d6 = d.N6, d7 = d.N7, d8 = d.N8;
            long mask = Limbs.Mask, fold = Fold0;

            long s = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1
                - c1 * d8 - c2 * d7 - c3 * d6 - c4 * d5 - c5 * d4 - c6 * d3 - c7 * d2 - c8 * d1;
            long h0 = s & mask;
            s = (s >> Bits) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2
                - c2 * d8 - c3 * d7 - c4 * d6 - c5 * d5 - c6 * d4 - c7 * d3 - c8 * d2;
            long h1 = s & mask;
            s = (s >> Bits) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 - c3 * d8
                - c4 * d7 - c5 * d6 - c6 * d5 - c7 * d4 - c8 * d3;
            long h2 = s & mask;
            s = (s >> Bits) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 - c4 * d8 - c5 * d7
                - c6 * d6 - c7 * d5 - c8 * d4;
            long h3 = s & mask;
            s = (s >> Bits) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 - c5 * d8 - c6 * d7 - c7 * d6
                - c8 * d5;
            long h4 = s & mask;
            s = (s >> Bits) + a6 * b8 + a7 * b7 + a8 * b6 - c6 * d8 - c7 * d7 - c8 * d6;
            long h5 = s & mask;
            s = (s >> Bits) + a7 * b8 + a8 * b7 - c7 * d8 - c8 * d7;
            long h6 = s & mask;
            s = (s >> Bits) + a8 * b8 - c8 * d8;
            long h7 = s & mask;
            long h8 = s >> Bits;

            s = a0 * b0 - c0 * d0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + a0 * b1 + a1 * b0 - c0 * d1 - c1 * d0 + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + a0 * b2 + a1 * b1 + a2 * b0 - c0 * d2 - c1 * d1 - c2 * d0
                + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - c0 * d3 - c1 * d2 - c2 * d1
                - c3 * d0 + h3 * fold + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - c0 * d4 - c1 * d3
                - c2 * d2 - c3 * d1 - c4 * d0 + h4 * fold + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - c0 * d5
                - c1 * d4 - c2 * d3 - c3 * d2 - c4 * d1 - c5 * d0 + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
                - c0 * d6 - c1 * d5 - c2 * d4 - c3 * d3 - c4 * d2 - c5 * d1 - c6 * d0 + h6 * fold
                + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1
                + a7 * b0 - c0 * d7 - c1 * d6 - c2 * d5 - c3 * d4 - c4 * d3 - c5 * d2 - c6 * d1
                - c7 * d0 + h7 * fold + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2
                + a7 * b1 + a8 * b0 - c0 * d8 - c1 * d7 - c2 * d6 - c3 * d5 - c4 * d4 - c5 * d3
                - c6 * d2 - c7 * d1 - c8 * d0 + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }
    }
}
