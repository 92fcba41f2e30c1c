using System.Buffers.Binary;

namespace Helios.Chain;

/// <summary>
/// Recursive length prefix (Ethereum yellow paper, appendix B), writing only: the relay sends
/// transactions and reads answers as JSON.
/// </summary>
internal static class Rlp
{
    // One byte below this stands for itself.
    private const byte StringBase = 0x80;
    private const byte ListBase = 0xc0;
    private const int ShortLengthMax = 55;

    /// <summary>A string of bytes.</summary>
    public static byte[] OfBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 1 && bytes[0] < StringBase)
        {
            return [bytes[0]];
        }

        return [.. Prefix(StringBase, bytes.Length), .. bytes];
    }

    /// <summary>
    /// A number: its big-endian bytes without zeros in front; zero is the empty string.
    /// </summary>
    public static byte[] OfInteger(UInt128 number) => OfBytes(Trimmed(number));

    /// <summary>A number of any length, given big-endian.</summary>
    public static byte[] OfInteger(ReadOnlySpan<byte> bigEndian) =>
        OfBytes(bigEndian.TrimStart((byte)0));

    /// <summary>A list of items that are encoded already.</summary>
    public static byte[] OfList(params ReadOnlySpan<byte[]> items)
    {
        var length = 0;
        foreach (var item in items)
        {
            length += item.Length;
        }

        var prefix = Prefix(ListBase, length);
        var list = new byte[prefix.Length + length];
        prefix.CopyTo(list, 0);
        var at = prefix.Length;
        foreach (var item in items)
        {
            item.CopyTo(list, at);
            at += item.Length;
        }

        return list;
    }

    private static byte[] Prefix(byte start, int length)
    {
        if (length <= ShortLengthMax)
        {
            return [(byte)(start + length)];
        }

        var lengthBytes = Trimmed((UInt128)length);
        return [(byte)(start + ShortLengthMax + lengthBytes.Length), .. lengthBytes];
    }

    private static byte[] Trimmed(UInt128 number)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return bytes.AsSpan().TrimStart((byte)0).ToArray();
    }
}
