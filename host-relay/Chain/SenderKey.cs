using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Helios.Chain;

/// <summary>
/// A secret key that pays for transactions. It holds no role in any contract. Signs
/// deterministically (RFC 6979 with SHA-256), always with a low s.
/// </summary>
public sealed class SenderKey
{
    private readonly BigInteger _secret;

    /// <param name="secret">32 bytes, big-endian, from 1 to N − 1.</param>
    public SenderKey(ReadOnlySpan<byte> secret)
    {
        if (!IsValid(secret))
        {
            throw new ArgumentException(
                "A secret key has 32 bytes, from 1 to N - 1.", nameof(secret));
        }

        _secret = new BigInteger(1, secret);
        Address = Secp256k1.AddressOf(Secp256k1.MultiplyBase(_secret));
    }

    /// <summary>Who signs.</summary>
    public Address Address { get; }

    /// <summary>Whether these bytes can be a secret key.</summary>
    public static bool IsValid(ReadOnlySpan<byte> secret)
    {
        var number = new BigInteger(1, secret);
        return secret.Length == 32 && number.SignValue > 0 && number.CompareTo(Secp256k1.N) < 0;
    }

    /// <summary>Signs a digest of 32 bytes.</summary>
    public RecoverableSignature Sign(ReadOnlySpan<byte> digest)
    {
        var message = new BigInteger(1, digest);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Secp256k1.N, _secret, digest.ToArray());

        while (true)
        {
            var nonce = nonces.NextK();
            var point = Secp256k1.MultiplyBase(nonce);
            var r = point.AffineXCoord.ToBigInteger();
            var s = nonce.ModInverse(Secp256k1.N)
                .Multiply(message.Add(_secret.Multiply(r))).Mod(Secp256k1.N);

            // r ≥ N would need recovery ids 2 and 3; it has probability 2^-128, as s = 0 has
            // 2^-256.
            if (r.CompareTo(Secp256k1.N) < 0 && r.SignValue > 0 && s.SignValue > 0)
            {
                return LowS(r, s, point.AffineYCoord.TestBitZero() ? 1 : 0);
            }
        }
    }

    private static RecoverableSignature LowS(BigInteger r, BigInteger s, int yParity)
    {
        var isHigh = s.CompareTo(Secp256k1.HalfN) > 0;
        return new RecoverableSignature(
            Secp256k1.Fixed32(r),
            Secp256k1.Fixed32(isHigh ? Secp256k1.N.Subtract(s) : s),
            isHigh ? 1 - yParity : yParity);
    }
}
