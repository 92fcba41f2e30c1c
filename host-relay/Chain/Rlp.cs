using System.Buffers.Binary;

namespace Helios.Chain;

/// <summary>
/// Recursive length prefix (Ethereum yellow paper, appendix B): writing, and reading of what was
/// written here. Answers of nodes are JSON.
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

    /// <summary>
    /// The strings in a list, as <see cref="OfList"/> made it; lists in it are empty.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> StringsIn(ReadOnlyMemory<byte> list)
    {
        var rest = Content(list, ListBase, out _);
        var strings = new List<ReadOnlyMemory<byte>>();
        while (rest.Length > 0)
        {
            var first = rest.Span[0];
            strings.Add(Content(rest, first < ListBase ? StringBase : ListBase, out rest));
        }

        return strings;
    }

    /// <summary>The number that <see cref="OfInteger(UInt128)"/> made these bytes of.</summary>
    public static UInt128 ToInteger(ReadOnlyMemory<byte> bytes)
    {
        var number = UInt128.Zero;
        foreach (var one in bytes.Span)
        {
            number = (number << 8) | one;
        }

        return number;
    }

    private static ReadOnlyMemory<byte> Content(
        ReadOnlyMemory<byte> item, byte start, out ReadOnlyMemory<byte> rest)
    {
        var first = item.Span[0];
        if (first < StringBase)
        {
            rest = item[1..];
            return item[..1];
        }

        var lengthLength = Math.Max(0, first - start - ShortLengthMax);
        var length = lengthLength == 0
            ? first - start
            : (int)ToInteger(item.Slice(1, lengthLength));
        rest = item[(1 + lengthLength + length)..];
        return item.Slice(1 + lengthLength, length);
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
