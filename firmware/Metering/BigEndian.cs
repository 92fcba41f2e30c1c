namespace Helios.Metering
{
    /// <summary>
    /// Numbers as big-endian bytes, the order of every Helios layout. The caller sees to the
    /// bounds; a number above its width loses its upper bits, so ranges are checked before.
    /// </summary>
    public static class BigEndian
    {
        /// <summary>Writes the low <paramref name="width"/> bytes (1 to 8) of a number.</summary>
        public static void Write(byte[] bytes, int offset, int width, ulong value)
        {
            for (int i = offset + width - 1; i >= offset; i--)
            {
                bytes[i] = (byte)(value & 0xFF);
                value >>= 8;
            }
        }

        /// <summary>Reads a number of <paramref name="width"/> bytes, 1 to 8.</summary>
        public static ulong Read(byte[] bytes, int offset, int width)
        {
            ulong value = 0;
            for (int i = 0; i < width; i++)
            {
                value = (value << 8) | bytes[offset + i];
            }

            return value;
        }
    }
}
