namespace Helios.Signing
{
    /// <summary>
    /// A point in Jacobian coordinates: x = X / Z^2, y = Y / Z^3. The point at infinity has Z = 0.
    /// </summary>
    internal sealed class JacobianPoint
    {
        /// <summary>The coordinates, reduced.</summary>
        public readonly FieldElement X = new FieldElement();

        /// <inheritdoc cref="X"/>
        public readonly FieldElement Y = new FieldElement();

        /// <inheritdoc cref="X"/>
        public readonly FieldElement Z = new FieldElement();

        /// <summary>Sets this to the point at infinity.</summary>
        public void SetInfinity()
        {
            X.SetSmall(1);
            Y.SetSmall(1);
            Z.SetSmall(0);
        }

        /// <summary>Sets this to a point given by reduced coordinates.</summary>
        public void Set(FieldElement x, FieldElement y)
        {
            X.Set(x);
            Y.Set(y);
            Z.SetSmall(1);
        }

        /// <summary>
        /// Sets this to (x, y), of reduced coordinates, with a Z other than 1: (x Z^2, y Z^3, Z).
        /// </summary>
        public void SetScaled(FieldElement x, FieldElement y, FieldElement z)
        {
            Z.Set(z);
            Y.SetSquare(z);
            X.SetProduct(Y, x);
            Y.SetProduct(Y, z);
            Y.SetProduct(Y, y);
        }

        /// <summary>Overwrites the point with zeros.</summary>
        public void Clear()
        {
            X.SetSmall(0);
            Y.SetSmall(0);
            Z.SetSmall(0);
        }
    }
}
