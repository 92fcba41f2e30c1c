using System.Buffers.Binary;
using System.Text;

namespace Helios.Chain;

/// <summary>
/// Calldata: a selector, then words of 32 bytes. Dynamic arguments only after all others, which is
/// all that Helios' contracts have.
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

    /// <summary>The one dynamic argument, last.</summary>
    public AbiWriter Bytes(ReadOnlySpan<byte> bytes) => Bytes([bytes.ToArray()]);

    /// <summary>
    /// The dynamic arguments, last: the offset of each, then of each its length, and its bytes
    /// padded to words.
    /// </summary>
    public AbiWriter Bytes(IReadOnlyList<byte[]> arguments)
    {
        var offset = _calldata.Count - 4 + (arguments.Count * WordLength);
        foreach (var bytes in arguments)
        {
            Word((ulong)offset);
            offset += WordLength + bytes.Length + PaddingOf(bytes);
        }

        foreach (var bytes in arguments)
        {
            Word((ulong)bytes.Length);
            _calldata.AddRange(bytes);
            _calldata.AddRange(new byte[PaddingOf(bytes)]);
        }

        return this;
    }

    public byte[] ToArray() => [.. _calldata];

    private static int PaddingOf(byte[] bytes) =>
        (WordLength - (bytes.Length % WordLength)) % WordLength;
}
