namespace Helios.Signing
{
    /// <summary>Inverses modulo n, with the scratch that they need.</summary>
    internal sealed class ScalarInversion
    {
        private readonly LehmerInversion _inversion = new LehmerInversion(Scalar.Order);

        /// <summary>
        /// Sets target to 1 / a. The time depends on the value: multiply a secret by a secret
        /// random number before, and the result by the same number after.
        /// </summary>
        /// <param name="target">Receives the inverse; 0 if a is 0.</param>
        /// <param name="a">May be the target.</param>
        public void Invert(Scalar target, Scalar a)
        {
            if (_inversion.TryInvert(a.N, target.N))
            {
                return;
            }

            // Fermat: a^(n - 2). The lowest limb of n is above 2, so that only it changes.
            Scalar power = new Scalar();
            power.N[0] = 1;
            for (int bit = 8 * Limbs.ByteCount - 1; bit >= 0; bit--)
            {
                int limb = bit / Limbs.Bits;
                long exponent = limb == 0 ? Scalar.Order[0] - 2 : Scalar.Order[limb];
                power.SetProduct(power, power);
                if (((exponent >> (bit % Limbs.Bits)) & 1) != 0)
                {
                    power.SetProduct(power, a);
                }
            }

            target.Set(power);
            power.Clear();
        }

        /// <summary>Overwrites what the last inversion left behind.</summary>
        public void Clear()
        {
            _inversion.Clear();
        }
    }
}
