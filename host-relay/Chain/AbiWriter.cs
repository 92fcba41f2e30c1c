using System.Buffers.Binary;
using System.Text;

namespace Helios.Chain;

/// <summary>
/// Calldata: a selector, then words of 32 bytes. At most one dynamic argument, and only as the
/// last one, which is all that Helios' contracts have.
/// </summary>
internal sealed class AbiWriter
{
    private const int WordLength = 32;

    private readonly List<byte> _calldata;

    /// <param name="signature">As the ABI writes it: record(bytes).</param>
    public AbiWriter(string signature)
    {
        _calldata = [.. SelectorOf(signature)];
    }

    /// <summary>First four bytes of the signature's hash.</summary>
    public static byte[] SelectorOf(string signature) => HashOf(signature)[..4];

    /// <summary>keccak-256 of a signature: the first topic of an event.</summary>
    public static byte[] HashOf(string signature) =>
        Keccak256.Of(Encoding.ASCII.GetBytes(signature));

    public AbiWriter Word(ulong number) => Word((UInt128)number);

    public AbiWriter Word(UInt128 number)
    {
        Span<byte> word = stackalloc byte[WordLength];
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], number);
        _calldata.AddRange(word);
        return this;
    }

    public AbiWriter Word(Address address)
    {
        Span<byte> word = stackalloc byte[WordLength];
        address.CopyTo(word[12..]);
        _calldata.AddRange(word);
        return this;
    }

    /// <summary>
    /// The one dynamic argument, last: its offset, its length, its bytes padded to words.
    /// </summary>
    public AbiWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        var headLength = _calldata.Count - 4 + WordLength;
        Word((ulong)headLength);
        Word((ulong)bytes.Length);
        _calldata.AddRange(bytes);
        var padding = (WordLength - (bytes.Length % WordLength)) % WordLength;
        _calldata.AddRange(new byte[padding]);
        return this;
    }

    public byte[] ToArray() => [.. _calldata];
}
