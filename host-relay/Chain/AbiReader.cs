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

    public bool Bool() => UInt8() switch
    {
        0 => false,
        1 => true,
        _ => throw TooLarge(),
    };

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

    /// <summary>A number of 256 bits; what is above 2^128 - 1 counts as that.</summary>
    public System.UInt128 UInt128AtMost()
    {
        var word = NextWord();
        return word[..16].ContainsAnyExcept((byte)0)
            ? System.UInt128.MaxValue
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

    public ushort UInt16()
    {
        var number = UInt64();
        return number > ushort.MaxValue ? throw TooLarge() : (ushort)number;
    }

    public byte UInt8()
    {
        var number = UInt64();
        return number > byte.MaxValue ? throw TooLarge() : (byte)number;
    }

    /// <summary>The bytes of an argument without a fixed length, if it is the only one.</summary>
    public byte[] OnlyBytes()
    {
        NextWord();
        var length = UInt64();
        return length > (ulong)_rest.Length
            ? throw new FormatException("The contract returned less than it announced.")
            : _rest[..(int)length].ToArray();
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
