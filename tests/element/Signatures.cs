using System.Security.Cryptography;

namespace Helios.Tests.Element;

/// <summary>.NET's own verdict on a P-256 signature.</summary>
internal static class Signatures
{
    private static readonly byte[] HalfOrder = Convert.FromHexString(
        "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");

    public static bool IsOf(byte[] publicKey, byte[] digest, byte[] signature)
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[..32], Y = publicKey[32..] },
        });
        return key.VerifyHash(
            digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public static bool IsLow(byte[] signature) =>
        signature.AsSpan(32, 32).SequenceCompareTo(HalfOrder) <= 0;
}
