using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Math;

namespace Helios.Chain;

/// <summary>
/// An ECDSA signature on secp256k1 with its parity bit. It checks nothing by itself:
/// <see cref="TryRecover"/> does.
/// </summary>
public sealed class RecoverableSignature
{
    /// <summary>Length of the compact form of EIP-2098: r, then yParity‖s.</summary>
    public const int CompactLength = 64;

    private const int LongLength = 65;
    private const byte FirstV = 27;

    private static readonly byte[] HalfN = Secp256k1.HalfN.ToByteArrayUnsigned();

    private readonly byte[] _r;
    private readonly byte[] _s;

    /// <param name="r">32 bytes, big-endian.</param>
    /// <param name="s">32 bytes, big-endian.</param>
    /// <param name="yParity">0 or 1: whether the nonce point's y is odd.</param>
    internal RecoverableSignature(byte[] r, byte[] s, int yParity)
    {
        _r = r;
        _s = s;
        YParity = yParity;
    }

    /// <summary>0 or 1: whether the nonce point's y is odd.</summary>
    public int YParity { get; }

    /// <summary>32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> R => _r;

    /// <summary>32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> S => _s;

    /// <summary>Whether s is above half the order, which EIP-2 refuses.</summary>
    public bool IsHighS => S.SequenceCompareTo(HalfN) > 0;

    /// <summary>Splits the 64 bytes of EIP-2098; any 64 bytes are taken.</summary>
    public static RecoverableSignature FromCompact(ReadOnlySpan<byte> compact)
    {
        if (compact.Length != CompactLength)
        {
            throw new ArgumentException(
                $"A compact signature has 64 bytes, not {compact.Length}.", nameof(compact));
        }

        var s = compact[32..].ToArray();
        var yParity = s[0] >> 7;
        s[0] &= 0x7f;
        return new RecoverableSignature(compact[..32].ToArray(), s, yParity);
    }

    /// <summary>Splits the 65 bytes r, s and v = 27 + yParity that wallets write.</summary>
    public static bool TryFromBytes(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RecoverableSignature? signature)
    {
        signature = bytes.Length == LongLength && bytes[64] - FirstV is 0 or 1
            ? new RecoverableSignature(
                bytes[..32].ToArray(), bytes[32..64].ToArray(), bytes[64] - FirstV)
            : null;
        return signature is not null;
    }

    /// <summary>The 65 bytes r, s and v = 27 + yParity, as contracts of others read them.</summary>
    public byte[] ToBytes() => [.. _r, .. _s, (byte)(FirstV + YParity)];

    /// <summary>The 64 bytes of EIP-2098.</summary>
    public byte[] ToCompact()
    {
        byte[] compact = [.. _r, .. _s];
        compact[32] |= (byte)(YParity << 7);
        return compact;
    }

    /// <summary>
    /// Finds who signed. False for r or s outside 1 to N − 1, for a high s (EIP-2), and where no
    /// key fits. About 0.3 ms, by BouncyCastle.
    /// </summary>
    /// <param name="digest">The 32 bytes that were signed.</param>
    /// <param name="signer">The signer's address.</param>
    public bool TryRecover(ReadOnlySpan<byte> digest, out Address signer)
    {
        signer = default;
        var r = new BigInteger(1, _r);
        var s = new BigInteger(1, _s);
        if (r.SignValue == 0 || r.CompareTo(Secp256k1.N) >= 0
            || s.SignValue == 0 || IsHighS)
        {
            return false;
        }

        var key = Secp256k1.Recover(new BigInteger(1, digest), r, s, YParity);
        if (key is null)
        {
            return false;
        }

        signer = Secp256k1.AddressOf(key);
        return true;
    }
}
