namespace Helios.Element
{
    /// <summary>
    /// The checksum of the element's packets: polynomial 0x8005, started at 0, each byte's least
    /// significant bit first, not reflected, sent low byte first (ATECC508A datasheet, section 9.1,
    /// "Security Command Packets"). It finds every error of up to 16 bits in a row.
    /// </summary>
    internal static class Crc16
    {
        /// <summary>Bytes of it.</summary>
        public const int Length = 2;

        private const uint Polynomial = 0x8005;

        /// <summary>The checksum, 0 to 65,535.</summary>
        /// <param name="bytes">Of these.</param>
        /// <param name="offset">The first.</param>
        /// <param name="length">How many.</param>
        public static uint Compute(byte[] bytes, int offset, int length)
        {
            uint crc = 0;
            for (int i = offset; i < offset + length; i++)
            {
                uint one = bytes[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    bool isSet = ((crc >> 15) ^ ((one >> bit) & 1)) != 0;
                    crc = (crc << 1) & 0xFFFF;
                    if (isSet)
                    {
                        crc ^= Polynomial;
                    }
                }
            }

            return crc;
        }

        /// <summary>Writes the checksum of all that is before it.</summary>
        public static void Append(byte[] bytes, int offset, int length)
        {
            uint crc = Compute(bytes, offset, length);
            bytes[offset + length] = (byte)(crc & 0xFF);
            bytes[offset + length + 1] = (byte)(crc >> 8);
        }

        /// <summary>True if the checksum after these bytes is theirs.</summary>
        public static bool IsRight(byte[] bytes, int offset, int length)
        {
            uint given = bytes[offset + length] | ((uint)bytes[offset + length + 1] << 8);
            return given == Compute(bytes, offset, length);
        }
    }
}
