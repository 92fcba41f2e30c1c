namespace Helios.Signing
{
    // The squares: columns and reduction as in the products, each cross term
    // computed once and doubled.
    internal sealed partial class FieldElement
    {
        /// <summary>Sets this to a * a.</summary>
        /// <param name="a">Reduced, or the difference of two reduced elements.</param>
        public void SetSquare(FieldElement a)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long mask = Limbs.Mask, fold = Fold0;

            long s = ((a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5) << 1);
            long h0 = s & mask;
            s = (s >> Bits) + ((a2 * a8 + a3 * a7 + a4 * a6) << 1) + a5 * a5;
            long h1 = s & mask;
            s = (s >> Bits) + ((a3 * a8 + a4 * a7 + a5 * a6) << 1);
            long h2 = s & mask;
            s = (s >> Bits) + ((a4 * a8 + a5 * a7) << 1) + a6 * a6;
            long h3 = s & mask;
            s = (s >> Bits) + ((a5 * a8 + a6 * a7) << 1);
            long h4 = s & mask;
            s = (s >> Bits) + ((a6 * a8) << 1) + a7 * a7;
            long h5 = s & mask;
            s = (s >> Bits) + ((a7 * a8) << 1);
            long h6 = s & mask;
            s = (s >> Bits) + a8 * a8;
            long h7 = s & mask;
            long h8 = s >> Bits;

            s = a0 * a0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + ((a0 * a1) << 1) + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + ((a0 * a2) << 1) + a1 * a1 + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + ((a0 * a3 + a1 * a2) << 1) + h3 * fold + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + ((a0 * a4 + a1 * a3) << 1) + a2 * a2 + h4 * fold + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + ((a0 * a5 + a1 * a4 + a2 * a3) << 1) + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + ((a0 * a6 + a1 * a5 + a2 * a4) << 1) + a3 * a3 + h6 * fold
                + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + ((a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4) << 1) + h7 * fold
                + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + ((a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5) << 1) + a4 * a4
                + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }

        /// <summary>Sets this to factor * a * a.</summary>
        /// <param name="a">Reduced, or the difference of two reduced elements.</param>
        /// <param name="factor">1 to 3.</param>
        public void SetSquareTimes(FieldElement a, long factor)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long e0 = factor * a0, e1 = factor * a1, e2 = factor * a2, e3 = factor * a3;
            long e4 = factor * a4, e5 = factor * a5, e6 = factor * a6, e7 = factor * a7;
            long e8 = factor * a8;
            long mask = Limbs.Mask, fold = Fold0;

            long s = ((a1 * e8 + a2 * e7 + a3 * e6 + a4 * e5) << 1);
            long h0 = s & mask;
            s = (s >> Bits) + ((a2 * e8 + a3 * e7 + a4 * e6) << 1) + a5 * e5;
            long h1 = s & mask;
            s = (s >> Bits) + ((a3 * e8 + a4 * e7 + a5 * e6) << 1);
            long h2 = s & mask;
            s = (s >> Bits) + ((a4 * e8 + a5 * e7) << 1) + a6 * e6;
            long h3 = s & mask;
            s = (s >> Bits) + ((a5 * e8 + a6 * e7) << 1);
            long h4 = s & mask;
            s = (s >> Bits) + ((a6 * e8) << 1) + a7 * e7;
            long h5 = s & mask;
            s = (s >> Bits) + ((a7 * e8) << 1);
            long h6 = s & mask;
            s = (s >> Bits) + a8 * e8;
            long h7 = s & mask;
            long h8 = s >> Bits;

            s = a0 * e0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + ((a0 * e1) << 1) + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + ((a0 * e2) << 1) + a1 * e1 + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + ((a0 * e3 + a1 * e2) << 1) + h3 * fold + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + ((a0 * e4 + a1 * e3) << 1) + a2 * e2 + h4 * fold + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + ((a0 * e5 + a1 * e4 + a2 * e3) << 1) + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + ((a0 * e6 + a1 * e5 + a2 * e4) << 1) + a3 * e3 + h6 * fold
                + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + ((a0 * e7 + a1 * e6 + a2 * e5 + a3 * e4) << 1) + h7 * fold
                + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + ((a0 * e8 + a1 * e7 + a2 * e6 + a3 * e5) << 1) + a4 * e4
                + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }

        /// <summary>Sets this to a * a - c - 2d.</summary>
        /// <param name="a">Reduced, or the difference of two reduced elements.</param>
        /// <param name="c">As <paramref name="a"/>.</param>
        /// <param name="d">As <paramref name="a"/>.</param>
        public void SetSquareLess(FieldElement a, FieldElement c, FieldElement d)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long mask = Limbs.Mask, fold = Fold0;

            long s = ((a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5) << 1);
            long h0 = s & mask;
            s = (s >> Bits) + ((a2 * a8 + a3 * a7 + a4 * a6) << 1) + a5 * a5;
            long h1 = s & mask;
            s = (s >> Bits) + ((a3 * a8 + a4 * a7 + a5 * a6) << 1);
            long h2 = s & mask;
            s = (s >> Bits) + ((a4 * a8 + a5 * a7) << 1) + a6 * a6;
            long h3 = s & mask;
            s = (s >> Bits) + ((a5 * a8 + a6 * a7) << 1);
            long h4 = s & mask;
            s = (s >> Bits) + ((a6 * a8) << 1) + a7 * a7;
            long h5 = s & mask;
            s = (s >> Bits) + ((a7 * a8) << 1);
            long h6 = s & mask;
            s = (s >> Bits) + a8 * a8;
            long h7 = s & mask;
            long h8 = s >> Bits;

            s = a0 * a0 - c.N0 - (d.N0 << 1) + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + ((a0 * a1) << 1) - c.N1 - (d.N1 << 1) + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + ((a0 * a2) << 1) + a1 * a1 - c.N2 - (d.N2 << 1) + h2 * fold
                + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + ((a0 * a3 + a1 * a2) << 1) - c.N3 - (d.N3 << 1) + h3 * fold
                + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + ((a0 * a4 + a1 * a3) << 1) + a2 * a2 - c.N4 - (d.N4 << 1)
                + h4 * fold + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + ((a0 * a5 + a1 * a4 + a2 * a3) << 1) - c.N5 - (d.N5 << 1)
                + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + ((a0 * a6 + a1 * a5 + a2 * a4) << 1) + a3 * a3 - c.N6 - (d.N6 << 1)
                + h6 * fold + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + ((a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4) << 1) - c.N7 - (d.N7 << 1)
                + h7 * fold + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + ((a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5) << 1) + a4 * a4 - c.N8
                - (d.N8 << 1) + h8 * fold + (h7 << Fold1);
            N8 = s & mask;

            s = (s >> Bits) + (h8 << Fold1);
            l0 += s * fold;
            l1 += (l0 >> Bits) + (s << Fold1);
            N0 = l0 & mask;
            N1 = l1 & mask;
            N2 = l2 + (l1 >> Bits);
        }

        /// <summary>Sets this to a * b - 2c * c with one reduction for both.</summary>
        /// <param name="a">Reduced, or the difference of two reduced elements.</param>
        /// <param name="b">As <paramref name="a"/>.</param>
        /// <param name="c">As <paramref name="a"/>.</param>
        public void SetProductLessTwiceSquare(FieldElement a, FieldElement b, FieldElement c)
        {
            long a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
            long a5 = a.N5, a6 = a.N6, a7 = a.N7, a8 = a.N8;
            long b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
            long b5 = b.N5, b6 = b.N6, b7 = b.N7, b8 = b.N8;
            long c0 = c.N0, c1 = c.N1, c2 = c.N2, c3 = c.N3, c4 = c.N4;
            long c5 = c.N5, c6 = c.N6, c7 = c.N7, c8 = c.N8;
            long e0 = c0 << 1, e1 = c1 << 1, e2 = c2 << 1, e3 = c3 << 1, e4 = c4 << 1;
            long e5 = c5 << 1, e6 = c6 << 1, e7 = c7 << 1, e8 = c8 << 1;
            long mask = Limbs.Mask, fold = Fold0;

            long s = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1
                - ((c1 * e8 + c2 * e7 + c3 * e6 + c4 * e5) << 1);
            long h0 = s & mask;
            s = (s >> Bits) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2
                - ((c2 * e8 + c3 * e7 + c4 * e6) << 1) - c5 * e5;
            long h1 = s & mask;
            s = (s >> Bits) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3
                - ((c3 * e8 + c4 * e7 + c5 * e6) << 1);
            long h2 = s & mask;
            s = (s >> Bits) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4
                - ((c4 * e8 + c5 * e7) << 1) - c6 * e6;
            long h3 = s & mask;
            s = (s >> Bits) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 - ((c5 * e8 + c6 * e7) << 1);
            long h4 = s & mask;
            s = (s >> Bits) + a6 * b8 + a7 * b7 + a8 * b6 - ((c6 * e8) << 1) - c7 * e7;
            long h5 = s & mask;
            s = (s >> Bits) + a7 * b8 + a8 * b7 - ((c7 * e8) << 1);
            long h6 = s & mask;
            s = (s >> Bits) + a8 * b8 - c8 * e8;
            long h7 = s & mask;
            long h8 = s >> Bits;

            s = a0 * b0 - c0 * e0 + h0 * fold;
            long l0 = s & mask;
            s = (s >> Bits) + a0 * b1 + a1 * b0 - ((c0 * e1) << 1) + h1 * fold + (h0 << Fold1);
            long l1 = s & mask;
            s = (s >> Bits) + a0 * b2 + a1 * b1 + a2 * b0 - ((c0 * e2) << 1) - c1 * e1
                + h2 * fold + (h1 << Fold1);
            long l2 = s & mask;
            s = (s >> Bits) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - ((c0 * e3 + c1 * e2) << 1)
                + h3 * fold + (h2 << Fold1);
            N3 = s & mask;
            s = (s >> Bits) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0
                - ((c0 * e4 + c1 * e3) << 1) - c2 * e2 + h4 * fold + (h3 << Fold1);
            N4 = s & mask;
            s = (s >> Bits) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0
                - ((c0 * e5 + c1 * e4 + c2 * e3) << 1) + h5 * fold + (h4 << Fold1);
            N5 = s & mask;
            s = (s >> Bits) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0
                - ((c0 * e6 + c1 * e5 + c2 * e4) << 1) - c3 * e3 + h6 * fold + (h5 << Fold1);
            N6 = s & mask;
            s = (s >> Bits) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1
                + a7 * b0 - ((c0 * e7 + c1 * e6 + c2 * e5 + c3 * e4) << 1) + h7 * fold
                + (h6 << Fold1);
            N7 = s & mask;
            s = (s >> Bits) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2
                + a7 * b1 + a8 * b0 - ((c0 * e8 + c1 * e7 + c2 * e6 + c3 * e5) << 1) - c4 * e4
                + h8 * fold + (h7 << Fold1);
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
