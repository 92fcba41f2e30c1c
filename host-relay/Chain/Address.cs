using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Helios.Chain;

/// <summary>
/// An address: the last 20 bytes of the keccak-256 of a public key, or a contract's. A value,
/// ordered as its bytes are, so that batches can be sorted by owner.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 20;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    /// <param name="bytes">Exactly 20 bytes, most significant first.</param>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException(
                $"An address has 20 bytes, not {bytes.Length}.", nameof(bytes));
        }

        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _middle = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>True for the address of twenty zero bytes, which nobody owns.</summary>
    public bool IsZero => _high == 0 && _middle == 0 && _low == 0;

    /// <summary>
    /// Reads 40 hex digits of either case, with or without 0x; no checksum is asked for.
    /// </summary>
    public static bool TryParse(string? text, out Address address)
    {
        address = default;
        if (!Hex.TryParse(text, out var bytes) || bytes.Length != Length)
        {
            return false;
        }

        address = new Address(bytes);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    public static Address Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an address: 0x and 40 hex digits are.");

    /// <summary>The 20 bytes, most significant first.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Writes the 20 bytes to the start of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _high);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(target[16..], _low);
    }

    /// <summary>40 lower-case hex digits without 0x, as MQTT topics carry it.</summary>
    public string ToTopicLevel() => $"{_high:x16}{_middle:x16}{_low:x8}";

    /// <summary>0x and 40 lower-case hex digits.</summary>
    public override string ToString() => "0x" + ToTopicLevel();

    /// <inheritdoc/>
    public bool Equals(Address other) =>
        _high == other._high && _middle == other._middle && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _middle, _low);

    /// <inheritdoc/>
    public int CompareTo(Address other)
    {
        var order = _high.CompareTo(other._high);
        order = order != 0 ? order : _middle.CompareTo(other._middle);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    /// <summary>Same twenty bytes.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Not the same twenty bytes.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    /// <summary>Order of the bytes.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
