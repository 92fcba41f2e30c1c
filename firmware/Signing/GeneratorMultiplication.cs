namespace Helios.Signing
{
    /// <summary>
    /// k * G for a secret k. Every scalar runs through the same 15 doublings and 31 additions,
    /// with no branch that depends on it.
    /// </summary>
    /// <remarks>
    /// What may still differ: which case of the table's switch is taken (the number of
    /// instructions is the same, but a cache that holds only part of the flash may tell recent
    /// cases from others); a processor that multiplies small operands faster, against which Z
    /// starts as a secret random number that masks all coordinates; and the inversion of the
    /// final Z, which that number masks too. At two of all scalars a sum on the way is not
    /// regular (a test finds them): they take a slow way, and no nonce meets one by chance.
    /// </remarks>
    internal sealed class GeneratorMultiplication
    {
        private readonly PointArithmetic _points;
        private readonly GeneratorComb _comb = new GeneratorComb();
        private readonly JacobianPoint _sum = new JacobianPoint();
        private readonly AffinePoint _entry = new AffinePoint();

        public GeneratorMultiplication(PointArithmetic points)
        {
            _points = points;
        }

        /// <summary>Sets target to k * G.</summary>
        /// <param name="target">Normalised.</param>
        /// <param name="k">1 to n - 1.</param>
        /// <param name="startZ">A secret random number other than 0.</param>
        public void Multiply(AffinePoint target, Scalar k, FieldElement startZ)
        {
            _comb.Recode(k);
            SumColumns(startZ);
            _sum.Z.Normalise();
            if (_sum.Z.IsZero())
            {
                new CompleteMultiplication(_points).Multiply(_sum, k, new Scalar(), _entry);
            }

            _points.SetAffine(target, _sum);
        }

        /// <summary>Overwrites what the last scalar left behind.</summary>
        public void Clear()
        {
            _comb.Clear();
            _sum.Clear();
            _entry.Clear();
            _points.Clear();
        }

        private void SumColumns(FieldElement startZ)
        {
            int column = GeneratorComb.Columns - 1;
            _comb.ReadEntry(_entry, 0, column);
            _sum.SetScaled(_entry.X, _entry.Y, startZ);
            _comb.ReadEntry(_entry, 1, column);
            _points.Add(_sum, _entry.X, _entry.Y);

            for (column--; column >= 0; column--)
            {
                _points.Double(_sum);
                _comb.ReadEntry(_entry, 0, column);
                _points.Add(_sum, _entry.X, _entry.Y);
                _comb.ReadEntry(_entry, 1, column);
                _points.Add(_sum, _entry.X, _entry.Y);
            }
        }
    }
}
