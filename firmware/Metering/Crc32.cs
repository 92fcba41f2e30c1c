namespace Helios.Metering
{
    /// <summary>
    /// CRC-32 as in IEEE 802.3 (reflected polynomial 0xEDB88320, start and end inverted). Finds a
    /// write that was cut or a flash page that aged; it is no defence against a person.
    /// </summary>
    public sealed class Crc32
    {
        // CRC of the numbers 0 to 15: a table of 64 bytes and two steps a byte. The usual table of
        // 256 entries would take 1 KB of a heap of 85 for a journal that is written once a minute.
        private readonly uint[] _byNibble =
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC,
            0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
            0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>The CRC of the first <paramref name="length"/> bytes.</summary>
        public uint Compute(byte[] bytes, int length)
        {
            uint crc = 0xFFFFFFFF;
            for (int i = 0; i < length; i++)
            {
                crc ^= bytes[i];
                crc = (crc >> 4) ^ _byNibble[crc & 0x0F];
                crc = (crc >> 4) ^ _byNibble[crc & 0x0F];
            }

            return crc ^ 0xFFFFFFFF;
        }
    }
}
