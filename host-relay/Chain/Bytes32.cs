using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Helios.Chain;

/// <summary>A word of 32 bytes as a value: an identifier, a hash, a salt.</summary>
/// <param name="High">The first 16 bytes, big-endian.</param>
/// <param name="Low">The last 16 bytes, big-endian.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bytes32(UInt128 High, UInt128 Low)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <param name="bytes">Exactly 32 bytes.</param>
    public Bytes32(ReadOnlySpan<byte> bytes)
        : this(
            BinaryPrimitives.ReadUInt128BigEndian(bytes[..16]),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[16..Length]))
    {
    }

    /// <summary>Reads 64 hex digits of either case, with or without 0x.</summary>
    public static bool TryParse(string? text, out Bytes32 word)
    {
        var isWord = Hex.TryParse(text, out var bytes) && bytes.Length == Length;
        word = isWord ? new Bytes32(bytes) : default;
        return isWord;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Low);
        return bytes;
    }

    /// <summary>0x and 64 lower-case hex digits.</summary>
    public override string ToString() => $"0x{High:x32}{Low:x32}";
}
