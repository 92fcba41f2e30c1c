namespace Helios.Signing
{
    /// <summary>
    /// Multiples bit by bit, with additions that are right for every pair of points: slow, in a
    /// time that depends on the scalars, and only for those at which the fast ways meet a sum of
    /// equal or opposite points.
    /// </summary>
    internal sealed class CompleteMultiplication
    {
        private readonly PointArithmetic _points;

        public CompleteMultiplication(PointArithmetic points)
        {
            _points = points;
        }

        /// <summary>
        /// Sets target to k * G + m * P, or to the point at infinity if that is it.
        /// </summary>
        public void Multiply(JacobianPoint target, Scalar k, Scalar m, AffinePoint p)
        {
            AffinePoint generator = new AffinePoint();
            GeneratorTable.ReadGenerator(generator);
            target.SetInfinity();
            for (int bit = 8 * Limbs.ByteCount - 1; bit >= 0; bit--)
            {
                _points.Double(target);
                if (IsSet(k, bit))
                {
                    _points.AddAny(target, generator.X, generator.Y);
                }

                if (IsSet(m, bit))
                {
                    _points.AddAny(target, p.X, p.Y);
                }
            }
        }

        private static bool IsSet(Scalar k, int bit)
        {
            return ((k.N[bit / Limbs.Bits] >> (bit % Limbs.Bits)) & 1) != 0;
        }
    }
}
