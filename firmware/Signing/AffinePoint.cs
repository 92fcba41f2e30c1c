namespace Helios.Signing
{
    /// <summary>A point of the curve y^2 = x^3 + 7, not the point at infinity.</summary>
    internal sealed class AffinePoint
    {
        /// <summary>The coordinates.</summary>
        public readonly FieldElement X = new FieldElement(), Y = new FieldElement();

        /// <summary>Overwrites the point with zeros.</summary>
        public void Clear()
        {
            X.SetSmall(0);
            Y.SetSmall(0);
        }
    }
}
