namespace Helios.Boards.Simulated;

/// <summary>
/// The element's CRC-16: a shift register fed with the bits of each byte, lowest first.
/// </summary>
internal static class ElementChecksum
{
    internal static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort register = 0;
        foreach (var value in bytes)
        {
            for (var mask = 1; mask <= 0x80; mask <<= 1)
            {
                var isFed = (value & mask) != 0;
                var isOut = (register & 0x8000) != 0;
                register <<= 1;
                if (isFed != isOut)
                {
                    register ^= 0x8005;
                }
            }
        }

        return register;
    }

    /// <summary>Count, data, checksum.</summary>
    internal static byte[] Packet(ReadOnlySpan<byte> data)
    {
        byte[] packet = [(byte)(data.Length + 3), .. data];
        var checksum = Of(packet);
        return [.. packet, (byte)checksum, (byte)(checksum >> 8)];
    }
}
