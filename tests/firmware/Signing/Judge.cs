using System.Buffers.Binary;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Helios.Tests.Firmware.Signing;

/// <summary>BouncyCastle, which decides what is right.</summary>
internal static class Judge
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly ECDomainParameters Domain = new(Curve);

    public static BigInteger N => Curve.N;

    public static BigInteger HalfN => Curve.N.ShiftRight(1);

    public static BigInteger P => Curve.Curve.Field.Characteristic;

    public static ECPoint G => Curve.G;

    public static byte[] Keccak(params byte[][] parts)
    {
        var hash = new KeccakDigest(256);
        foreach (byte[] part in parts)
        {
            hash.BlockUpdate(part, 0, part.Length);
        }

        byte[] digest = new byte[32];
        hash.DoFinal(digest, 0);
        return digest;
    }

    public static BigInteger Number(byte[] bytes) => new(1, bytes);

    public static byte[] Bytes(BigInteger number)
    {
        byte[] digits = number.ToByteArrayUnsigned();
        byte[] bytes = new byte[32];
        digits.CopyTo(bytes, bytes.Length - digits.Length);
        return bytes;
    }

    public static byte[] Word(ulong number)
    {
        byte[] word = new byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), number);
        return word;
    }

    public static byte[] Word(byte[] address) => [.. new byte[12], .. address];

    public static byte[] PublicKey(ECPoint point)
    {
        var affine = point.Normalize();
        return
        [
            .. Bytes(affine.AffineXCoord.ToBigInteger()),
            .. Bytes(affine.AffineYCoord.ToBigInteger()),
        ];
    }

    public static byte[] PublicKey(byte[] secret) => PublicKey(G.Multiply(Number(secret)));

    public static byte[] Address(byte[] publicKey) => Keccak(publicKey)[12..];

    /// <summary>RFC 6979 with low s; no recovery bit.</summary>
    public static (BigInteger R, BigInteger S) Sign(byte[] secret, byte[] digest)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(Number(secret), Domain));
        var signature = signer.GenerateSignature(digest);
        var s = signature[1];
        return (signature[0], s.CompareTo(HalfN) > 0 ? N.Subtract(s) : s);
    }

    public static bool Verify(byte[] digest, BigInteger r, BigInteger s, ECPoint publicKey)
    {
        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(publicKey, Domain));
        return signer.VerifySignature(digest, r, s);
    }

    /// <summary>The point with this x and parity, or null if the curve has none.</summary>
    public static ECPoint? Lift(BigInteger x, bool isOdd)
    {
        try
        {
            return Curve.Curve.DecodePoint([(byte)(isOdd ? 3 : 2), .. Bytes(x)]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// (s R - z G) / r for an R whose x is r; null if there is no such R or key.
    /// </summary>
    public static byte[]? Recover(byte[] digest, BigInteger r, BigInteger s, bool isOdd)
    {
        var inverse = r.ModInverse(N);
        var point = Lift(r, isOdd);
        if (point is null)
        {
            return null;
        }

        var key = point.Multiply(s.Multiply(inverse).Mod(N))
            .Subtract(G.Multiply(Number(digest).Multiply(inverse).Mod(N)));
        return key.IsInfinity ? null : PublicKey(key);
    }

    /// <summary>64 bytes as EIP-2098 has them.</summary>
    public static byte[] Compact(BigInteger r, BigInteger s, bool isOdd)
    {
        byte[] signature = [.. Bytes(r), .. Bytes(s)];
        signature[32] |= (byte)(isOdd ? 0x80 : 0);
        return signature;
    }
}
