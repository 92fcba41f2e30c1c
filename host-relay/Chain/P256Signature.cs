using System.Security.Cryptography;

namespace Helios.Chain;

/// <summary>
/// An ECDSA signature on P-256 with the public key that made it, as a meter with a secure element
/// signs: r, s, X and Y, 32 bytes each, big-endian. Checked by .NET's ECDsa.
/// </summary>
public static class P256Signature
{
    /// <summary>Length of r, s, X and Y together, bytes.</summary>
    public const int Length = 128;

    private const int WordLength = 32;

    // Half the order (SEC 2, section 2.4.2) rounded down: the largest s that is not high.
    private static readonly byte[] HalfN = Hex.Parse(
        "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");

    /// <summary>
    /// Finds who signed. False for a high s, which ECDsa would take, for r or s outside 1 to N − 1,
    /// for a key that is no point of the curve, and where the signature is not of this key.
    /// </summary>
    /// <param name="signature">128 bytes.</param>
    /// <param name="digest">The 32 bytes that were signed.</param>
    /// <param name="signer">The last 20 bytes of keccak-256 of X and Y.</param>
    public static bool TryVerify(
        ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest, out Address signer)
    {
        signer = default;
        if (signature.Length != Length)
        {
            throw new ArgumentException(
                $"A signature on P-256 has 128 bytes, not {signature.Length}.", nameof(signature));
        }

        var rs = signature[..(2 * WordLength)];
        var key = signature[(2 * WordLength)..];
        if (rs[WordLength..].SequenceCompareTo(HalfN) > 0 || !IsSignedBy(key, rs, digest))
        {
            return false;
        }

        signer = new Address(Keccak256.Of(key).AsSpan(12));
        return true;
    }

    private static bool IsSignedBy(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> rs, ReadOnlySpan<byte> digest)
    {
        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = key[..WordLength].ToArray(),
                    Y = key[WordLength..].ToArray(),
                },
            });
            return ecdsa.VerifyHash(digest, rs, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // No point of the curve has these coordinates.
            return false;
        }
    }
}
