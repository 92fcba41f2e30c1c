using System.Text.Json;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

/// <summary>Every vector of tiny-secp256k1, as far as Helios has the function.</summary>
public sealed class SignatureVectorTests
{
    private static JsonElement Vectors => SharedVectors.Json("tiny-secp256k1-ecdsa.json");

    [Fact]
    public void Signs_recovers_and_verifies_every_valid_vector()
    {
        var verifier = new SignatureVerifier();
        byte[] signature = new byte[64], publicKey = new byte[64];
        byte[] address = new byte[20], recovered = new byte[20];
        int count = 0;

        // Extra entropy is no part of Helios; without it those vectors are plain RFC 6979.
        foreach (var vector in All("valid").Concat(All("extraEntropy")))
        {
            byte[] digest = Bytes(vector, "m");
            byte[] expected = Bytes(vector, "signature");
            expected[32] |= (byte)(vector.GetProperty("recoveryId").GetInt32() << 7);

            var key = new SigningKey(Bytes(vector, "d"), new DotNetHmac());
            key.Sign(digest, signature);
            Assert.Equal(expected, signature);

            key.CopyPublicKeyTo(publicKey, 0);
            key.CopyAddressTo(address, 0);
            Assert.Equal(SignatureCheck.Valid, verifier.Verify(digest, expected, publicKey));
            Assert.Equal(SignatureCheck.Valid, verifier.Recover(digest, expected, recovered));
            Assert.Equal(address, recovered);
            count++;
        }

        Assert.Equal(2025, count);
    }

    [Fact]
    public void Refuses_every_key_that_is_none()
    {
        foreach (var vector in Invalid("sign")
            .Where(vector => vector.GetProperty("description").GetString()!
                .StartsWith("Private", StringComparison.Ordinal)))
        {
            byte[] secret = Bytes(vector, "d");
            Assert.False(SigningKey.IsValidSecret(secret));
            Assert.Throws<ArgumentException>(() => new SigningKey(secret, new DotNetHmac()));
        }
    }

    [Fact]
    public void Refuses_every_signature_and_every_point_that_is_none()
    {
        var verifier = new SignatureVerifier();
        int count = 0;
        foreach (var vector in Invalid("verify"))
        {
            // A public key has no prefix here, so a bad prefix cannot be said.
            byte[] point = Bytes(vector, "Q");
            if (vector.GetProperty("description").ValueEquals("Bad sequence prefix")
                || (point.Length == 33 && Judge.Number(point[1..]).CompareTo(Judge.P) >= 0)
                || (point.Length == 33 && Judge.Lift(Judge.Number(point[1..]), false) is null))
            {
                continue;
            }

            byte[] publicKey = point.Length == 65
                ? point[1..]
                : Judge.PublicKey(Judge.Lift(Judge.Number(point[1..]), point[0] == 3)!);
            Assert.NotEqual(
                SignatureCheck.Valid,
                verifier.Verify(Bytes(vector, "m"), Bytes(vector, "signature"), publicKey));
            count++;
        }

        Assert.InRange(count, 13, 25);
    }

    [Fact]
    public void Recovers_nobody_from_an_invalid_vector()
    {
        var verifier = new SignatureVerifier();
        foreach (var vector in Invalid("recover"))
        {
            // Recovery ids 2 and 3, an s of 256 bits and digests of another length cannot be said
            // here.
            if (vector.GetProperty("description").GetString()!
                    .StartsWith("Invalid hash", StringComparison.Ordinal)
                || vector.TryGetProperty("recoveryId", out _)
                || Bytes(vector, "signature")[32] >> 7 != 0)
            {
                continue;
            }

            Assert.NotEqual(
                SignatureCheck.Valid,
                verifier.Recover(Bytes(vector, "m"), Bytes(vector, "signature"), new byte[20]));
        }
    }

    private static JsonElement.ArrayEnumerator All(string name)
        => Vectors.GetProperty(name).EnumerateArray();

    private static JsonElement.ArrayEnumerator Invalid(string name)
        => Vectors.GetProperty("invalid").GetProperty(name).EnumerateArray();

    private static byte[] Bytes(JsonElement vector, string name)
        => Convert.FromHexString(vector.GetProperty(name).GetString()!);
}
