namespace Helios.Signing
{
    /// <summary>Inverse and square root in the field, with the scratch that they need.</summary>
    internal sealed class FieldArithmetic
    {
        // SEC 2, 2.4.1: p = 2^256 - 2^32 - 977.
        private static readonly long[] Prime =
        {
            0x1FFFFC2F, 0x1FFFFFF7, 0x1FFFFFFF, 0x1FFFFFFF, 0x1FFFFFFF,
            0x1FFFFFFF, 0x1FFFFFFF, 0x1FFFFFFF, 0x00FFFFFF,
        };

        private readonly LehmerInversion _inversion = new LehmerInversion(Prime);
        private readonly long[] _limbs = new long[Limbs.Count];
        private readonly long[] _inverse = new long[Limbs.Count];

        /// <summary>Sets target to a number of 32 bytes, big-endian.</summary>
        /// <returns>Whether it was below p. Otherwise target is what remains modulo p.</returns>
        public bool Read(FieldElement target, byte[] source, int offset)
        {
            Limbs.Read(_limbs, source, offset);
            target.SetLimbs(_limbs);
            target.Normalise();

            // Subtracting p changes the lowest limb.
            return target.N0 == _limbs[0];
        }

        /// <summary>Writes 32 bytes, big-endian.</summary>
        /// <param name="a">Normalised.</param>
        /// <param name="target">Receives the bytes.</param>
        /// <param name="offset">Where in <paramref name="target"/> they begin.</param>
        public void Write(FieldElement a, byte[] target, int offset)
        {
            a.CopyLimbsTo(_limbs);
            Limbs.Write(_limbs, target, offset);
        }

        /// <summary>
        /// Sets target to 1 / a. The time depends on the value, so a must be public or multiplied
        /// by a secret random number.
        /// </summary>
        /// <param name="target">Receives the inverse; not a itself.</param>
        /// <param name="a">Not 0; becomes normalised.</param>
        public void Invert(FieldElement target, FieldElement a)
        {
            a.Normalise();
            a.CopyLimbsTo(_limbs);
            if (_inversion.TryInvert(_limbs, _inverse))
            {
                target.SetLimbs(_inverse);
                return;
            }

            // Fermat: a^(p - 2). The lowest limb of p is above 2, so that only it changes.
            target.SetSmall(1);
            for (int bit = 8 * Limbs.ByteCount - 1; bit >= 0; bit--)
            {
                int limb = bit / Limbs.Bits;
                long exponent = limb == 0 ? Prime[0] - 2 : Prime[limb];
                target.SetSquare(target);
                if (((exponent >> (bit % Limbs.Bits)) & 1) != 0)
                {
                    target.SetProduct(target, a);
                }
            }
        }

        /// <summary>
        /// Sets target to a^((p + 1) / 4): a square root of a, if there is one, since p = 3 (mod
        /// 4). The caller checks by squaring.
        /// </summary>
        /// <param name="target">Receives the root; not a itself.</param>
        /// <param name="a">Reduced.</param>
        public static void SetRoot(FieldElement target, FieldElement a)
        {
            // (p + 1) / 4 = 2^254 - 2^30 - 244 is, in binary, 223 ones, 0, 22 ones, 0000 11 00.
            // ones(k) is a to the power of k ones: ones(i + j) = ones(i)^(2^j) * ones(j).
            FieldElement ones2 = new FieldElement();
            FieldElement ones3 = new FieldElement();
            FieldElement ones11 = new FieldElement();
            FieldElement ones22 = new FieldElement();
            FieldElement ones44 = new FieldElement();
            FieldElement ones88 = new FieldElement();

            SetPower(ones2, a, 1, a);
            SetPower(ones3, ones2, 1, a);
            SetPower(target, ones3, 3, ones3);
            SetPower(target, target, 3, ones3);
            SetPower(ones11, target, 2, ones2);
            SetPower(ones22, ones11, 11, ones11);
            SetPower(ones44, ones22, 22, ones22);
            SetPower(ones88, ones44, 44, ones44);
            SetPower(target, ones88, 88, ones88);
            SetPower(target, target, 44, ones44);
            SetPower(target, target, 3, ones3);

            SetPower(target, target, 23, ones22);
            SetPower(target, target, 6, ones2);
            target.SetSquare(target);
            target.SetSquare(target);
        }

        /// <summary>Overwrites what the last operations left behind.</summary>
        public void Clear()
        {
            Secret.Clear(_limbs);
            Secret.Clear(_inverse);
            _inversion.Clear();
        }

        // target = a^(2^squarings) * factor; factor is not target.
        private static void SetPower(
            FieldElement target, FieldElement a, int squarings, FieldElement factor)
        {
            target.Set(a);
            for (int i = 0; i < squarings; i++)
            {
                target.SetSquare(target);
            }

            target.SetProduct(target, factor);
        }
    }
}
