using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Helios.Chain;

/// <summary>
/// Calldata: a selector, then words of 32 bytes, in the order of the arguments. The members of a
/// struct of words stand in its place; what has no fixed length stands behind all words.
/// </summary>
internal sealed class AbiWriter
{
    private const int WordLength = 32;

    private readonly byte[] _selector;
    private readonly List<byte> _head = [];
    private readonly List<byte> _tail = [];

    // Where in the head an offset belongs, and what of the tail it points to.
    private readonly List<(int Head, int Tail)> _offsets = [];

    /// <param name="signature">As the ABI writes it: record(bytes).</param>
    public AbiWriter(string signature)
    {
        _selector = SelectorOf(signature);
    }

    /// <summary>First four bytes of the signature's hash.</summary>
    public static byte[] SelectorOf(string signature) => HashOf(signature)[..4];

    /// <summary>keccak-256 of a signature: the first topic of an event.</summary>
    public static byte[] HashOf(string signature) =>
        Keccak256.Of(Encoding.ASCII.GetBytes(signature));

    /// <summary>A number as a word: an indexed argument of an event.</summary>
    public static byte[] ToWord(UInt128 number)
    {
        var word = new byte[WordLength];
        BinaryPrimitives.WriteUInt128BigEndian(word.AsSpan(16), number);
        return word;
    }

    /// <summary>An address as a word.</summary>
    public static byte[] ToWord(Address address)
    {
        var word = new byte[WordLength];
        address.CopyTo(word.AsSpan(WordLength - Address.Length));
        return word;
    }

    public AbiWriter Word(ulong number) => Word((UInt128)number);

    public AbiWriter Word(UInt128 number)
    {
        _head.AddRange(ToWord(number));
        return this;
    }

    public AbiWriter Word(Address address)
    {
        _head.AddRange(ToWord(address));
        return this;
    }

    public AbiWriter Word(Bytes32 word)
    {
        _head.AddRange(word.ToArray());
        return this;
    }

    public AbiWriter Word(bool fact) => Word(fact ? UInt128.One : UInt128.Zero);

    /// <summary>An argument of any length: its length, and its bytes padded to words.</summary>
    public AbiWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _offsets.Add((_head.Count, _tail.Count));
        Word(UInt128.Zero);
        _tail.AddRange(ToWord((UInt128)bytes.Length));
        _tail.AddRange(bytes);
        var padding = (WordLength - (bytes.Length % WordLength)) % WordLength;
        _tail.AddRange(new byte[padding]);
        return this;
    }

    public byte[] ToArray()
    {
        foreach (var (head, tail) in _offsets)
        {
            ToWord((UInt128)(_head.Count + tail))
                .CopyTo(CollectionsMarshal.AsSpan(_head)[head..]);
        }

        return [.. _selector, .. _head, .. _tail];
    }
}
