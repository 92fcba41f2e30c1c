using Helios.Metering;
using Helios.Signing;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Signing
{
    /// <summary>
    /// The digests and signatures that contracts/test/Vectors.t.sol holds too: alloy and cast made
    /// them, and the ledger accepts them.
    /// </summary>
    [TestClass]
    public sealed class DigestTests
    {
        private const string Ledger = "5fbdb2315678afecb367f032d93f642f64180aa3";

        [TestMethod]
        public void The_domain_separator_is_the_ledgers()
        {
            byte[] separator = new byte[32];
            Domain().CopySeparatorTo(separator, 0);
            Assert.AreEqual(
                "e33846170b32233af45f516e3fb134ce36a50c1c8d0e254256cd5df620286e94",
                Hex.Text(separator));
        }

        [TestMethod]
        public void A_reading_has_the_digest_and_the_signature_of_cast()
        {
            Reading reading = new Reading(
                16909060, 20002500, 31234767, 31500000, 4711, 1767226500, 10);
            byte[] digest = new byte[32];
            new Eip712Digest(Domain()).OfReading(reading, digest);
            Assert.AreEqual(
                "a0cb3a808d992587fceb61679fdcd8e9e4bcdda2288e7b27e67f945e7b3d8635",
                Hex.Text(digest));
            AssertSigned(
                "733828150c7607718f3390acb9118f7c62e92fc6e3bfb658eb31334a8237ad87"
                    + "2a1bb62236a14870c57e0219993441d162585bee21c7123069fedc03d2792572",
                digest);
        }

        [TestMethod]
        public void A_reading_with_every_register_full_has_them_too()
        {
            Reading reading = new Reading(
                uint.MaxValue,
                Reading.RegisterWhMax,
                Reading.RegisterWhMax,
                Reading.RegisterWhMax,
                Reading.RegisterWhMax,
                Reading.TakenAtMax,
                ushort.MaxValue);
            byte[] digest = new byte[32];
            new Eip712Digest(Domain()).OfReading(reading, digest);
            Assert.AreEqual(
                "322e5288f0517ba73e1403d23bdc1d52114b7cfff0336aa754622db029e13b41",
                Hex.Text(digest));
        }

        [TestMethod]
        public void An_enrolment_has_the_digest_and_the_signature_of_cast()
        {
            byte[] meter = new byte[SignerAddress.Length];
            Key().CopyAddressTo(meter, 0);
            Assert.AreEqual("9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f", Hex.Text(meter));

            byte[] owner = Hex.Bytes("70997970c51812dc3a010c7d01b50e0d17dc79c8");
            Enrolment enrolment = new Enrolment(
                meter, owner, 1000, 17250, 42, 20000500, 31234567, 4711, Enrolment.EncryptedFlash);
            byte[] digest = new byte[32];
            new Eip712Digest(Domain()).OfEnrolment(enrolment, digest);
            Assert.AreEqual(
                "c95cb7e42c1b3bfb98b3c317727e41687a46a124114a55245f287eacdc4a1d85",
                Hex.Text(digest));
            AssertSigned(
                "d781d21c137bacec66826ef2f37b31841a0421327c55634dfea7a845e4362ed3"
                    + "b2164d516ad8fa6d6258feb93f4ed08bc038adae796e19e0b557c58014e78fb5",
                digest);
        }

        private static void AssertSigned(string expected, byte[] digest)
        {
            byte[] signature = new byte[SigningKey.SignatureLength];
            Key().Sign(digest, signature);
            Assert.AreEqual(expected, Hex.Text(signature));
        }

        private static Eip712Domain Domain()
        {
            return new Eip712Domain(31337, Hex.Bytes(Ledger));
        }

        private static SigningKey Key()
        {
            return new SigningKey(Hex.Repeated(0x46, 32), new ManagedHmacSha256());
        }
    }
}
