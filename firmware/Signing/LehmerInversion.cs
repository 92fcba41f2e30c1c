using System;

namespace Helios.Signing
{
    /// <summary>
    /// Inversion modulo an odd prime by Lehmer's form of Euclid's algorithm (Knuth, The Art of
    /// Computer Programming, volume 2, 4.5.2, algorithm L): quotients are found on the leading 62
    /// bits in one long, and a dozen of them are applied to the long numbers at once.
    /// </summary>
    /// <remarks>
    /// The time depends on the value. A secret is therefore multiplied by a secret random number
    /// before, and the result by the same number after. Some values it gives up on: a very small
    /// one, and any that leads to a quotient of 28 bits, about one in a million. The caller then
    /// raises to the power m - 2.
    /// </remarks>
    internal sealed class LehmerInversion
    {
        // Cofactors stay below 2^28 in size, so that a remainder found on the leading bits is
        // wrong by less than 2^28 units, while of two neighbouring remainders the sum is at least
        // 2^30.
        private const long CofactorLimit = 1L << 28;

        // 512 bits of two numbers go at 26 and more a round in each: 10 or 11 rounds in the mean.
        private const int RoundsMax = 40;

        private readonly long[] _modulus;
        private long[] _u = new long[Limbs.Count];
        private long[] _v = new long[Limbs.Count];
        private long[] _a = new long[Limbs.Count];
        private long[] _b = new long[Limbs.Count];

        // What the leading bits found: u becomes uu * u + uv * v, and v becomes vu * u + vv * v.
        private long _uu, _uv, _vu, _vv;

        /// <param name="modulus">An odd prime above 2^255, nine limbs.</param>
        public LehmerInversion(long[] modulus)
        {
            _modulus = modulus;
        }

        /// <summary>Inverts a number.</summary>
        /// <param name="value">1 to m - 1, canonical limbs.</param>
        /// <param name="inverse">Receives the canonical limbs of the inverse, if found.</param>
        /// <returns>Whether it was found.</returns>
        public bool TryInvert(long[] value, long[] inverse)
        {
            // Always u = a * value and v = b * value (mod m), u and v are 0 or above, and a and b
            // have opposite signs with |a| v + |b| u = m, so that neither exceeds m.
            Limbs.Copy(_modulus, _u);
            Limbs.Copy(value, _v);
            Secret.Clear(_a);
            Secret.Clear(_b);
            _b[0] = 1;

            int top = Limbs.Count - 1;
            for (int round = 0; round < RoundsMax; round++)
            {
                while ((_u[top] | _v[top]) == 0 && top > 0)
                {
                    top--;
                }

                if (top == 0 && _v[0] == 0)
                {
                    return TakeCofactor(inverse);
                }

                if (!FindCofactors(top))
                {
                    return false;
                }

                // Each round lengthens the cofactors by less than one limb.
                int topCofactor = round < Limbs.Count - 1 ? round : Limbs.Count - 1;
                Apply(_u, _v, top);
                Apply(_a, _b, topCofactor);
                if (_v[top] < 0)
                {
                    // The last quotient was one too large.
                    Add(_v, _u, top);
                    Add(_b, _a, topCofactor);
                }
            }

            return false;
        }

        /// <summary>Overwrites what the last number left behind.</summary>
        public void Clear()
        {
            Secret.Clear(_u);
            Secret.Clear(_v);
            Secret.Clear(_a);
            Secret.Clear(_b);
            _uu = _uv = _vu = _vv = 0;
        }

        // Runs Euclid's algorithm on the leading bits and keeps the cofactors. False if they do
        // not yield even one quotient.
        private bool FindCofactors(int top)
        {
            int drop = top < 2 ? 0 : SurplusBits(_u[top] | _v[top]);
            long x = Leading(_u, top, drop);
            long y = Leading(_v, top, drop);
            if (x < y)
            {
                Swap();
                long larger = y;
                y = x;
                x = larger;
            }

            // Sizes only: in each row the two have opposite signs, which alternate with the rows.
            // The rows take turns at being the newer one, so that nothing needs to be moved.
            long xu = 1, xv = 0, yu = 0, yv = 1;
            long limit = CofactorLimit;
            while (true)
            {
                long quotient = y == 0 ? limit : x / y;
                long next = xv + quotient * yv;
                if (quotient >= limit || next >= limit)
                {
                    SetCofactors(xu, -xv, -yu, yv);
                    return xv != 0;
                }

                xu += quotient * yu;
                xv = next;
                x -= quotient * y;

                quotient = x == 0 ? limit : y / x;
                next = yv + quotient * xv;
                if (quotient >= limit || next >= limit)
                {
                    SetCofactors(-yu, yv, xu, -xv);
                    return true;
                }

                yu += quotient * xu;
                yv = next;
                y -= quotient * x;
            }
        }

        private void SetCofactors(long uu, long uv, long vu, long vv)
        {
            _uu = uu;
            _uv = uv;
            _vu = vu;
            _vv = vv;
        }

        // The bits to drop so that the leading three limbs fit 62 bits: length of the highest
        // less 4.
        private static int SurplusBits(long highest)
        {
            int drop = 0;
            if (highest >= 1L << 16)
            {
                highest >>= 13;
                drop = 13;
            }

            while (highest >= 1L << 4)
            {
                highest >>= 1;
                drop++;
            }

            return drop;
        }

        private static long Leading(long[] limbs, int top, int drop)
        {
            if (top == 0)
            {
                return limbs[0];
            }

            if (top == 1)
            {
                return (limbs[1] << Limbs.Bits) | limbs[0];
            }

            return (limbs[top] << (2 * Limbs.Bits - drop))
                | (limbs[top - 1] << (Limbs.Bits - drop))
                | (limbs[top - 2] >> drop);
        }

        // The highest limb keeps the sign and is not cut.
        private void Apply(long[] u, long[] v, int top)
        {
            long uu = _uu, uv = _uv, vu = _vu, vv = _vv;
            long sumU = 0, sumV = 0;
            for (int i = 0; i < top; i++)
            {
                long ui = u[i], vi = v[i];
                sumU += uu * ui + uv * vi;
                sumV += vu * ui + vv * vi;
                u[i] = sumU & Limbs.Mask;
                v[i] = sumV & Limbs.Mask;
                sumU >>= Limbs.Bits;
                sumV >>= Limbs.Bits;
            }

            long ut = u[top], vt = v[top];
            u[top] = sumU + uu * ut + uv * vt;
            v[top] = sumV + vu * ut + vv * vt;
        }

        private static void Add(long[] target, long[] source, int top)
        {
            long sum = 0;
            for (int i = 0; i < top; i++)
            {
                sum += target[i] + source[i];
                target[i] = sum & Limbs.Mask;
                sum >>= Limbs.Bits;
            }

            target[top] += sum + source[top];
        }

        private void Swap()
        {
            long[] kept = _u;
            _u = _v;
            _v = kept;
            kept = _a;
            _a = _b;
            _b = kept;
        }

        // v is 0, so u is the greatest common divisor, and a, from -m to m, the inverse if that
        // is 1.
        private bool TakeCofactor(long[] inverse)
        {
            if (_u[0] != 1)
            {
                return false;
            }

            if (_a[Limbs.Count - 1] < 0)
            {
                Add(_a, _modulus, Limbs.Count - 1);
            }

            Array.Copy(_a, 0, inverse, 0, Limbs.Count);
            return true;
        }
    }
}
