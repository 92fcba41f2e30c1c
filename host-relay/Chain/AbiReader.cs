using System.Buffers.Binary;

namespace Helios.Chain;

/// <summary>
/// Reads words of 32 bytes one after another. A value that does not fit its type throws: the
/// answer comes from a contract other than the one expected.
/// </summary>
internal ref struct AbiReader(ReadOnlySpan<byte> words)
{
    private const int WordLength = 32;

    private ReadOnlySpan<byte> _rest = words;

    public byte[] Bytes32() => NextWord().ToArray();

    public Address Address()
    {
        var word = NextWord();
        return word[..12].ContainsAnyExcept((byte)0) ? throw TooLarge() : new Address(word[12..]);
    }

    public System.UInt128 UInt128()
    {
        var word = NextWord();
        return word[..16].ContainsAnyExcept((byte)0)
            ? throw TooLarge()
            : BinaryPrimitives.ReadUInt128BigEndian(word[16..]);
    }

    public ulong UInt64()
    {
        var word = NextWord();
        return word[..24].ContainsAnyExcept((byte)0)
            ? throw TooLarge()
            : BinaryPrimitives.ReadUInt64BigEndian(word[24..]);
    }

    public ulong UInt48()
    {
        var number = UInt64();
        return number >= 1UL << 48 ? throw TooLarge() : number;
    }

    public uint UInt32()
    {
        var number = UInt64();
        return number > uint.MaxValue ? throw TooLarge() : (uint)number;
    }

    public byte UInt8()
    {
        var number = UInt64();
        return number > byte.MaxValue ? throw TooLarge() : (byte)number;
    }

    private ReadOnlySpan<byte> NextWord()
    {
        if (_rest.Length < WordLength)
        {
            throw new FormatException("The contract returned fewer words than this ABI has.");
        }

        var word = _rest[..WordLength];
        _rest = _rest[WordLength..];
        return word;
    }

    private static FormatException TooLarge() =>
        new("The contract returned a value that does not fit the type this ABI has.");
}
