using System;

namespace Helios.Signing
{
    /// <summary>
    /// The one representation of 256-bit numbers: nine limbs of 29 bits in longs, the lowest
    /// first. Nine products of two limbs fit into a long with room to spare, so that a column of
    /// a product is summed without a carry. All arithmetic here and above is signed; bytes enter
    /// and leave here and nowhere else, and a byte has no sign that could get lost on the way.
    /// </summary>
    internal static class Limbs
    {
        /// <summary>Limbs of a number.</summary>
        public const int Count = 9;

        /// <summary>Bits of a limb.</summary>
        public const int Bits = 29;

        /// <summary>The low <see cref="Bits"/> bits.</summary>
        public const long Mask = (1L << Bits) - 1;

        /// <summary>Bits of the highest limb below 2^256: 256 - 8 * 29.</summary>
        public const int TopBits = 24;

        /// <summary>The low <see cref="TopBits"/> bits.</summary>
        public const long TopMask = (1L << TopBits) - 1;

        /// <summary>Bytes of a number outside.</summary>
        public const int ByteCount = 32;

        /// <summary>Reads a number below 2^256. The same operations for every value.</summary>
        /// <param name="limbs">Receives nine limbs of 0 to 2^29 - 1.</param>
        /// <param name="source">Holds 32 bytes, big-endian.</param>
        /// <param name="offset">Where in <paramref name="source"/> they begin.</param>
        public static void Read(long[] limbs, byte[] source, int offset)
        {
            long pending = 0;
            int bits = 0;
            int limb = 0;
            for (int i = ByteCount - 1; i >= 0; i--)
            {
                int octet = source[offset + i];
                pending |= (long)octet << bits;
                bits += 8;
                if (bits >= Bits)
                {
                    limbs[limb++] = pending & Mask;
                    pending >>= Bits;
                    bits -= Bits;
                }
            }

            limbs[limb] = pending;
        }

        /// <summary>Writes a number below 2^256. The same operations for every value.</summary>
        /// <param name="limbs">Nine limbs of 0 to 2^29 - 1, the highest below 2^24.</param>
        /// <param name="target">Receives 32 bytes, big-endian.</param>
        /// <param name="offset">Where in <paramref name="target"/> they begin.</param>
        public static void Write(long[] limbs, byte[] target, int offset)
        {
            long pending = 0;
            int bits = 0;
            int limb = 0;
            for (int i = ByteCount - 1; i >= 0; i--)
            {
                if (bits < 8 && limb < Count)
                {
                    pending |= limbs[limb++] << bits;
                    bits += Bits;
                }

                target[offset + i] = (byte)pending;
                pending >>= 8;
                bits -= 8;
            }
        }

        /// <summary>Whether every limb is zero. The same operations for every value.</summary>
        public static bool IsZero(long[] limbs)
        {
            long any = 0;
            for (int i = 0; i < Count; i++)
            {
                any |= limbs[i];
            }

            return any == 0;
        }

        /// <summary>Copies a number.</summary>
        public static void Copy(long[] source, long[] target)
        {
            Array.Copy(source, 0, target, 0, Count);
        }
    }
}
