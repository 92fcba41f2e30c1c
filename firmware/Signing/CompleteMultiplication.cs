namespace Helios.Signing
{
    /// <summary>
    /// k * P bit by bit with additions that are right for every pair of points: slow, its time depends
    /// on k, and only for the scalars at which the fast ways meet a sum of equal or opposite points.
    /// </summary>
    internal sealed class CompleteMultiplication
    {
        private readonly PointArithmetic _points;

        public CompleteMultiplication(PointArithmetic points)
        {
            _points = points;
        }

        /// <summary>Sets target to k * P; the point at infinity if k is 0.</summary>
        public void Multiply(JacobianPoint target, Scalar k, AffinePoint p)
        {
            target.SetInfinity();
            for (int bit = 8 * Limbs.ByteCount - 1; bit >= 0; bit--)
            {
                _points.Double(target);
                if (((k.N[bit / Limbs.Bits] >> (bit % Limbs.Bits)) & 1) != 0)
                {
                    _points.AddAny(target, p.X, p.Y);
                }
            }
        }
    }
}
