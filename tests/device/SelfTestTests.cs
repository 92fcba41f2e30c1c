using System.Security.Cryptography;
using System.Text;
using Helios.Device;
using Helios.Signing;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Helios.Tests.Device;

public class SelfTestTests
{
    [Fact]
    public void Passes_where_every_answer_is_right()
        => Assert.Equal(SelfTestResult.Passed, new SelfTest(new DeviceHmac()).Run());

    [Fact]
    public void Fails_where_an_answer_is_wrong_by_one_bit()
    {
        KnownAnswers answers = new();
        SelfTest test = new(new DeviceHmac(), answers);

        Assert.All(
            [
                (answers.Hmac, SelfTestResult.HmacWrong),
                (answers.Keccak, SelfTestResult.KeccakWrong),
                (answers.Signature, SelfTestResult.SignatureWrong),
                (answers.Address, SelfTestResult.SignatureWrong),
            ],
            wrong =>
            {
                for (var place = 0; place < wrong.Item1.Length; place += 7)
                {
                    wrong.Item1[place] ^= 0x10;
                    Assert.Equal(wrong.Item2, test.Run());
                    wrong.Item1[place] ^= 0x10;
                }
            });
        Assert.Equal(SelfTestResult.Passed, test.Run());
    }

    [Fact]
    public void Fails_with_a_platform_whose_HMAC_is_wrong()
        => Assert.Equal(SelfTestResult.HmacWrong, new SelfTest(new Swapped()).Run());

    [Fact]
    public void The_known_answers_are_those_of_others()
    {
        KnownAnswers answers = new();
        Assert.Equal(
            answers.Hmac, HMACSHA256.HashData(KnownAnswers.HmacKey, KnownAnswers.HmacMessage));
        Assert.Equal(
            KnownAnswers.Digest, SHA256.HashData(Encoding.ASCII.GetBytes("Satoshi Nakamoto")));

        KeccakDigest keccak = new(256);
        var hash = new byte[32];
        keccak.DoFinal(hash, 0);
        Assert.Equal(hash, answers.Keccak);

        var curve = Org.BouncyCastle.Asn1.Sec.SecNamedCurves.GetByName("secp256k1");
        ECDomainParameters domain = new(curve.Curve, curve.G, curve.N);
        ECDsaSigner signer = new(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(Org.BouncyCastle.Math.BigInteger.One, domain));
        var signature = signer.GenerateSignature(KnownAnswers.Digest);
        Assert.Equal(signature[0].ToByteArrayUnsigned(), answers.Signature[..32]);

        // BouncyCastle gives the s above n / 2; the low one is n - s.
        var low = curve.N.Subtract(signature[1]);
        Assert.Equal(low.ToByteArrayUnsigned(), Unmarked(answers.Signature[32..]));
    }

    private static byte[] Unmarked(byte[] s)
    {
        s[0] &= 0x7F;
        return s;
    }

    private sealed class Swapped : IHmacSha256
    {
        public byte[] HashData(byte[] key, byte[] data) => HMACSHA256.HashData(data, key);
    }
}
