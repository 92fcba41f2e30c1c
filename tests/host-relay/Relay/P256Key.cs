using System.Security.Cryptography;
using Helios.Chain;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>A key on P-256 as a secure element has one; by BouncyCastle, s always low.</summary>
internal sealed class P256Key
{
    private static readonly ECDomainParameters Curve =
        new(CustomNamedCurves.GetByName("secp256r1"));

    private readonly ECPrivateKeyParameters _secret;
    private readonly byte[] _point;

    public P256Key()
    {
        // Above 2^255 and below the order, which begins with 32 ones.
        var secret = RandomNumberGenerator.GetBytes(32);
        secret[0] = 0x80;
        _secret = new ECPrivateKeyParameters(new BigInteger(1, secret), Curve);
        _point = Curve.G.Multiply(_secret.D).Normalize().GetEncoded(compressed: false)[1..];
        Address = new Address(Keccak256.Of(_point).AsSpan(12));
    }

    public static BigInteger N => Curve.N;

    public Address Address { get; }

    /// <summary>r, s, X and Y: 128 bytes.</summary>
    public byte[] Sign(byte[] digest, bool isHighS = false)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, _secret);
        var rs = signer.GenerateSignature(digest);
        var isHigh = rs[1].CompareTo(N.ShiftRight(1)) > 0;
        var s = isHigh == isHighS ? rs[1] : N.Subtract(rs[1]);
        return [.. Secp256k1.Fixed32(rs[0]), .. Secp256k1.Fixed32(s), .. _point];
    }
}
