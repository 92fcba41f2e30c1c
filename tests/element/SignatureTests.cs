using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Helios.Element;

namespace Helios.Tests.Element;

public sealed class SignatureTests
{
    private static readonly BigInteger Order = Number(
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static readonly int Digests = Night.IsOn ? 10_000 : 300;

    [Fact]
    public void Every_digest_that_the_element_signs_is_accepted_by_dotnet_with_a_low_s()
    {
        var bench = ElementBench.Ready();
        var publicKey = new byte[64];
        Assert.Equal(ElementResult.Done, bench.Element.ReadPublicKey(publicKey));
        var number = new byte[4];
        var signature = new byte[SecureElement.SignatureLength];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Digests; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, i);
            var digest = SHA256.HashData(number);
            Assert.Equal(ElementResult.Done, bench.Element.Sign(digest, signature));
            Assert.True(Signatures.IsOf(publicKey, digest, signature));
            Assert.True(Signatures.IsLow(signature));
            Assert.True(seen.Add(Convert.ToHexString(signature, 0, 32)), "A nonce came twice.");
        }
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("n-1", true)]
    [InlineData("n", false)]
    [InlineData("n+1", false)]
    [InlineData("2^256-1", false)]
    public void R_and_s_are_1_to_n_minus_1_or_it_is_no_signature(string text, bool isScalar)
    {
        var value = Edge(text);
        Assert.Equal(isScalar, SignatureRange.TryLowerS([.. Bytes(value), .. Bytes(1)]));
        Assert.Equal(isScalar, SignatureRange.TryLowerS([.. Bytes(1), .. Bytes(value)]));
    }

    [Fact]
    public void S_becomes_the_lower_of_s_and_n_minus_s()
    {
        var random = new Random(3);
        BigInteger[] edges = [1, 2, (Order / 2) - 1, Order / 2, (Order / 2) + 1, Order - 1];
        foreach (var s in edges.Concat(Enumerable.Range(0, 1000).Select(_ => Scalar(random))))
        {
            byte[] signature = [.. Bytes(7), .. Bytes(s)];
            Assert.True(SignatureRange.TryLowerS(signature));
            Assert.Equal(
                BigInteger.Min(s, Order - s),
                new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true));
            Assert.Equal(Bytes(7), signature[..32]);
        }
    }

    private static BigInteger Edge(string text) => text switch
    {
        "n-1" => Order - 1,
        "n" => Order,
        "n+1" => Order + 1,
        "2^256-1" => (BigInteger.One << 256) - 1,
        _ => BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static BigInteger Scalar(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return (new BigInteger(bytes, isUnsigned: true) % (Order - 1)) + 1;
    }

    private static BigInteger Number(string hex) =>
        new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
