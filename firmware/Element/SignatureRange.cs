namespace Helios.Element
{
    /// <summary>
    /// r and s of a P-256 signature as the contracts take them: 1 to n - 1, s in the lower half.
    /// With s, n - s is a signature of the same digest by the same key. Nothing here is secret.
    /// </summary>
    internal static class SignatureRange
    {
        private const int Length = 32;

        /// <summary>Order of the curve's group (FIPS 186-4, D.1.2.3), big-endian.</summary>
        private static readonly byte[] Order =
        {
            0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2,
            0xFC, 0x63, 0x25, 0x51,
        };

        /// <summary>Floor of half of it: the largest s that counts as low.</summary>
        private static readonly byte[] HalfOrder =
        {
            0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 0xFF, 0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61,
            0x7E, 0x31, 0x92, 0xA8,
        };

        /// <summary>Brings s into the lower half.</summary>
        /// <param name="signature">r and s, 64 bytes; left alone if out of range.</param>
        /// <returns>False if r or s is 0, or n or more: then it is no signature.</returns>
        public static bool TryLowerS(byte[] signature)
        {
            if (!IsScalar(signature, 0) || !IsScalar(signature, Length))
            {
                return false;
            }

            if (Compare(signature, Length, HalfOrder) > 0)
            {
                Negate(signature, Length);
            }

            return true;
        }

        private static bool IsScalar(byte[] bytes, int offset)
        {
            int bits = 0;
            for (int i = 0; i < Length; i++)
            {
                bits |= bytes[offset + i];
            }

            return bits != 0 && Compare(bytes, offset, Order) < 0;
        }

        // Below 0, 0 or above 0, as the number at the offset is below, equal to or above the other.
        private static int Compare(byte[] bytes, int offset, byte[] other)
        {
            for (int i = 0; i < Length; i++)
            {
                int difference = bytes[offset + i] - other[i];
                if (difference != 0)
                {
                    return difference;
                }
            }

            return 0;
        }

        // n minus the number, which is below n. Every difference is -256 to 255.
        private static void Negate(byte[] bytes, int offset)
        {
            int borrow = 0;
            for (int i = Length - 1; i >= 0; i--)
            {
                int difference = Order[i] - bytes[offset + i] - borrow;
                borrow = difference < 0 ? 1 : 0;
                bytes[offset + i] = (byte)(difference + borrow * 256);
            }
        }
    }
}
