namespace Helios.Signing
{
    /// <summary>
    /// Addition and doubling on secp256k1, with the scratch that they need. The formulas are the
    /// usual ones for Jacobian coordinates with a = 0, written as few fused products as possible.
    /// </summary>
    internal sealed class PointArithmetic
    {
        private readonly FieldArithmetic _field;
        private readonly FieldElement _zero = new FieldElement();
        private readonly FieldElement _h = new FieldElement();
        private readonly FieldElement _r = new FieldElement();
        private readonly FieldElement _s = new FieldElement();
        private readonly FieldElement _t = new FieldElement();

        public PointArithmetic(FieldArithmetic field)
        {
            _field = field;
        }

        /// <summary>The factor by which the last <see cref="Add"/> multiplied Z.</summary>
        public FieldElement LastRatio
        {
            get { return _h; }
        }

        /// <summary>
        /// Doubles a point: 2 products, 4 squares, 1 fused pair. The same operations for every
        /// point; the point at infinity stays what it is, and no point of the group has order 2.
        /// </summary>
        public void Double(JacobianPoint p)
        {
            FieldElement slope = _r, twiceYy = _t, s = _s;
            slope.SetSquareTimes(p.X, 3);
            twiceYy.SetSquareTimes(p.Y, 2);
            p.Z.SetTwiceProduct(p.Y, p.Z);

            // S = 4 X Y^2, X' = M^2 - 2S, Y' = M (S - X') - 8 Y^4 with M = 3 X^2.
            s.SetTwiceProduct(p.X, twiceYy);
            p.X.SetSquareLess(slope, _zero, s);
            s.SetDifference(s, p.X);
            p.Y.SetProductLessTwiceSquare(slope, s, twiceYy);
        }

        /// <summary>
        /// Adds (x, y), with the same operations for every point. If p is the point at infinity
        /// or (x, y) or its opposite, Z becomes 0 and stays 0 in every later addition and
        /// doubling, since each multiplies it. So a caller that finds Z other than 0 at the very
        /// end knows that every sum on the way was a regular one; if it is 0, it takes <see
        /// cref="CompleteMultiplication"/>.
        /// </summary>
        /// <param name="p">The point that is changed.</param>
        /// <param name="x">Reduced.</param>
        /// <param name="y">Reduced, or the negative of a reduced element.</param>
        public void Add(JacobianPoint p, FieldElement x, FieldElement y)
        {
            SetDifferences(p, p.Z, x, y);
            Combine(p);
        }

        /// <summary>
        /// Adds (x, y) as <see cref="Add"/> does, if the Z of p is a multiple: p is (X, Y, Z *
        /// scale).
        /// </summary>
        public void AddToScaled(
            JacobianPoint p, FieldElement scale, FieldElement x, FieldElement y)
        {
            _s.SetProduct(p.Z, scale);
            SetDifferences(p, _s, x, y);
            Combine(p);
        }

        /// <summary>Adds (x, y) whatever both are. The time depends on the points.</summary>
        /// <param name="p">The point that is changed; the point at infinity is allowed.</param>
        /// <param name="x">Reduced.</param>
        /// <param name="y">Reduced, or the negative of a reduced element.</param>
        public void AddAny(JacobianPoint p, FieldElement x, FieldElement y)
        {
            p.Z.Normalise();
            if (p.Z.IsZero())
            {
                p.Set(x, y);
                return;
            }

            SetDifferences(p, p.Z, x, y);
            _h.Normalise();
            _r.Normalise();
            if (!_h.IsZero())
            {
                Add(p, x, y);
            }
            else if (_r.IsZero())
            {
                Double(p);
            }
            else
            {
                p.SetInfinity();
            }
        }

        /// <summary>
        /// Sets target to p in affine coordinates, normalised. The time of the inversion depends
        /// on Z.
        /// </summary>
        /// <param name="target">Receives x and y.</param>
        /// <param name="p">Not the point at infinity.</param>
        public void SetAffine(AffinePoint target, JacobianPoint p)
        {
            FieldElement inverse = _s, power = _t;
            _field.Invert(inverse, p.Z);
            power.SetSquare(inverse);
            target.X.SetProduct(p.X, power);
            power.SetProduct(power, inverse);
            target.Y.SetProduct(p.Y, power);
            target.X.Normalise();
            target.Y.Normalise();
        }

        /// <summary>Overwrites what the last operations left behind.</summary>
        public void Clear()
        {
            _h.SetSmall(0);
            _r.SetSmall(0);
            _s.SetSmall(0);
            _t.SetSmall(0);
            _field.Clear();
        }

        /// <summary>
        /// Replaces p by p + q for two different points, not opposite, with the same Z, and
        /// brings q to the new Z (Meloni, Arithmetic of Finite Fields 2007). <see
        /// cref="LastRatio"/> says by what factor Z grew.
        /// </summary>
        /// <param name="p">One point.</param>
        /// <param name="x">X of the other, which is changed.</param>
        /// <param name="y">Y of the other, which is changed.</param>
        public void AddWithSameZ(JacobianPoint p, FieldElement x, FieldElement y)
        {
            FieldElement h = _h, r = _r, hhh = _t, v = x;
            h.SetDifference(p.X, x);
            r.SetDifference(p.Y, y);

            // As in Combine, from q's point of view: q at the new Z is (v, Y h^3).
            hhh.SetSquare(h);
            v.SetProduct(x, hhh);
            hhh.SetProduct(h, hhh);
            p.Z.SetProduct(p.Z, h);
            y.SetProduct(y, hhh);
            p.X.SetSquareLess(r, hhh, v);
            _s.SetDifference(v, p.X);
            p.Y.SetProductLess(r, _s, y);
        }

        // h = x Z^2 - X and r = y Z^3 - Y: both 0 for equal points, h alone for opposite ones.
        private void SetDifferences(
            JacobianPoint p, FieldElement z, FieldElement x, FieldElement y)
        {
            _t.SetSquare(z);
            _h.SetProductLess(x, _t, p.X);
            _t.SetProduct(_t, z);
            _r.SetProductLess(y, _t, p.Y);
        }

        // The sum from those differences, which it keeps.
        private void Combine(JacobianPoint p)
        {
            FieldElement h = _h, r = _r, hhh = _t, v = _s;

            // X' = r^2 - h^3 - 2v, Y' = r (v - X') - Y h^3 with v = X h^2.
            hhh.SetSquare(h);
            v.SetProduct(p.X, hhh);
            hhh.SetProduct(h, hhh);
            p.Z.SetProduct(p.Z, h);
            p.X.SetSquareLess(r, hhh, v);
            v.SetDifference(v, p.X);
            p.Y.SetProductDifference(r, v, p.Y, hhh);
        }
    }
}
