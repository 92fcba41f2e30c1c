using System;
using Helios.Signing;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Signing
{
    [TestClass]
    public sealed class SignatureTests
    {
        // Of tiny-secp256k1's fixtures, ecdsa.json, "valid": key, digest, and r with yParity and s.
        private static readonly string[] Vectors =
        {
            "0000000000000000000000000000000000000000000000000000000000000001",
            "06ef2b193b83b3d701f765f1db34672ab84897e1252343cc2197829af3a30456",
            "33a69cd2065432a30f3d1ce4eb0d59b8ab58c74f27c41a7fdb5696ad4e6108c9"
                + "6f807982866f785d3f6418d24163ddae117b7db4d5fdf0071de069fa54342262",
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
            "5e9f0a0d593efdcf78ac923bc3313e4e7d408d574354ee2b3288c0da9fbba6ed",
            "54c4a33c6423d689378f160a7ff8b61330444abb58fb470f96ea16d99d4a2fed"
                + "07082304410efa6b2943111b6a4e0aaa7b7db55a07e9861d1fb3cb1f421044a5",
            "0000000000000000000000000000000000000000000000000000000000000001",
            "d507058c2f1472fe0de2ba3b4efe629505677440ab3a7032a9adeaf0ebda74a2",
            "c0dafec8251f1d5010289d210232220b03202cba34ec11fec58b3e93a85b91d3"
                + "f5afdc06b7d6322a590955bf264e7aaa155847f614d80078a90292fe205064d3",
            "aba9ad83795cb662a4ec3214b780c4dbdf8a32f4b3b4967f00257ae81a18f2d9",
            "d507058c2f1472fe0de2ba3b4efe629505677440ab3a7032a9adeaf0ebda74a2",
            "3121742c83f31bdacf06ab29a4f016365240d98069e9ce8c53dea3caba5694cf"
                + "42f2af2979209725fb690d9a8d1aedd8808409697da4bbf58c847b6836641c3f",
            "909776684900634b731891e84ed55cdc93434230b67179e4416a02f4567565c5",
            "413ea53cc65683df02b07c89e00d01d48b9990277f5a2129f58abb6f762360c3",
            "6177aa6f862327e391ab978c7fef84a937bc7bfa3ee54c04582198d8a45273ce"
                + "7dd4be6589e9e5e74bccc70632a146158551e11ba04eff8d474e8203e7492c9e",
            "bce7911efcf0899a8a42db87db0f8cec0041085a4d49670d1ae3c7548a24bf9b",
            "a8981be73f10320a0357303c35e9857755612e950e9d8d25753e315ec918f3df",
            "b0a3e61eed38d87a332a51c8438e240bf2284fc708099a688032892021f1d0e5"
                + "bce975d335586da8b91255fc7c1fdf3945aa16279cf67b10f546661d53539d8d",
        };

        [TestMethod]
        public void Signs_verifies_and_recovers_as_the_vectors_of_others()
        {
            SignatureVerifier verifier = new SignatureVerifier();
            byte[] signature = new byte[SigningKey.SignatureLength];
            byte[] publicKey = new byte[SignerAddress.PublicKeyLength];
            byte[] address = new byte[SignerAddress.Length];
            byte[] recovered = new byte[SignerAddress.Length];
            for (int i = 0; i < Vectors.Length; i += 3)
            {
                SigningKey key = new SigningKey(Hex.Bytes(Vectors[i]), new ManagedHmacSha256());
                byte[] digest = Hex.Bytes(Vectors[i + 1]);
                key.Sign(digest, signature);
                Assert.AreEqual(Vectors[i + 2], Hex.Text(signature));

                key.CopyPublicKeyTo(publicKey, 0);
                key.CopyAddressTo(address, 0);
                Assert.AreEqual(
                    SignatureCheck.Valid, verifier.Verify(digest, signature, publicKey));
                Assert.AreEqual(
                    SignatureCheck.Valid, verifier.Recover(digest, signature, recovered));
                Assert.AreEqual(Hex.Text(address), Hex.Text(recovered));
            }
        }

        [TestMethod]
        public void Refuses_another_digest_and_a_zero_r_and_a_high_s()
        {
            SignatureVerifier verifier = new SignatureVerifier();
            SigningKey key = new SigningKey(Hex.Bytes(Vectors[0]), new ManagedHmacSha256());
            byte[] publicKey = new byte[SignerAddress.PublicKeyLength];
            key.CopyPublicKeyTo(publicKey, 0);
            byte[] digest = Hex.Bytes(Vectors[1]);
            byte[] signature = Hex.Bytes(Vectors[2]);

            digest[0] ^= 1;
            Assert.AreEqual(
                SignatureCheck.WrongSigner, verifier.Verify(digest, signature, publicKey));
            digest[0] ^= 1;

            signature[32] |= 0x7F;
            Array.Copy(Hex.Repeated(0xFF, 31), 0, signature, 33, 31);
            Assert.AreEqual(SignatureCheck.HighS, verifier.Verify(digest, signature, publicKey));

            Array.Clear(signature, 0, 32);
            Assert.AreNotEqual(
                SignatureCheck.Valid, verifier.Recover(digest, signature, new byte[20]));
        }

        [TestMethod]
        public void Knows_the_least_and_the_greatest_key_and_no_other()
        {
            // SEC 2, version 2, section 2.4.1: n.
            byte[] n = Hex.Bytes(
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
            Assert.IsFalse(SigningKey.IsValidSecret(n));
            n[31]--;
            Assert.IsTrue(SigningKey.IsValidSecret(n));

            byte[] zero = new byte[SigningKey.SecretLength];
            Assert.IsFalse(SigningKey.IsValidSecret(zero));
            zero[31] = 1;
            Assert.IsTrue(SigningKey.IsValidSecret(zero));
        }
    }
}
