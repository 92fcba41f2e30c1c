using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using Helios.Tests.OnDevice.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Messaging
{
    /// <summary>From impulse to outbox with a real key: journal, sign, publish.</summary>
    [TestClass]
    public sealed class ReadingPublisherTests
    {
        [TestMethod]
        public void Publishes_for_each_coin_a_reading_that_the_meters_address_signed()
        {
            Eip712Domain domain = new Eip712Domain(31337, Hex.Repeated(0x1E, 20));
            SigningKey key = new SigningKey(Hex.Repeated(0x46, 32), new ManagedHmacSha256());
            Outbox outbox = new Outbox(Outbox.CapacityDefault);
            BenchMeter bench = Enrolled();
            ReadingPublisher publisher = new ReadingPublisher(
                bench.Meter, new SoftwareSigner(key, domain), outbox);
            Assert.AreEqual(PublishResult.NothingDue, publisher.Publish(bench.Time));

            bench.Feed(100);
            Assert.AreEqual(PublishResult.Published, publisher.Publish(bench.Time));

            byte[] message = new byte[ReadingCodec.Length];
            Assert.AreEqual(PeekResult.Found, outbox.PeekUnsent(message, out uint _));
            Assert.AreEqual(
                CodecResult.Done,
                ReadingCodec.Decode(message, out Reading reading, out byte[] signature));
            Assert.AreEqual(100UL, reading.ExportWh);
            byte[] digest = new byte[32];
            new Eip712Digest(domain).OfReading(reading, digest);
            byte[] signer = new byte[SignerAddress.Length];
            Assert.AreEqual(
                SignatureCheck.Valid,
                new SignatureVerifier().Recover(digest, signature, signer));
            byte[] meter = new byte[SignerAddress.Length];
            key.CopyAddressTo(meter, 0);
            Assert.AreEqual(Hex.Text(meter), Hex.Text(signer));
            AssertStandsInBothSlots(reading, bench);
        }

        [TestMethod]
        public void Signs_nothing_while_a_slot_cannot_be_written_and_counts_on()
        {
            BenchMeter bench = Enrolled();
            SigningKey key = new SigningKey(Hex.Repeated(0x46, 32), new ManagedHmacSha256());
            Eip712Domain domain = new Eip712Domain(31337, Hex.Repeated(0x1E, 20));
            Outbox outbox = new Outbox(2);
            ReadingPublisher publisher = new ReadingPublisher(
                bench.Meter, new SoftwareSigner(key, domain), outbox);
            bench.Slots.IsStuck = true;
            bench.Feed(100);

            Assert.AreEqual(PublishResult.NotTaken, publisher.Publish(bench.Time));
            Assert.AreEqual(0, outbox.Count);
            Assert.AreEqual(100UL, bench.Meter.ExportImpulses);
        }

        private static BenchMeter Enrolled()
        {
            BenchMeter bench = new BenchMeter();
            Assert.IsTrue(bench.Provision());
            Assert.AreEqual(TakeResult.Taken, bench.Enrol(out Reading _));
            return bench;
        }

        private static void AssertStandsInBothSlots(Reading reading, BenchMeter bench)
        {
            for (int slot = 0; slot < 2; slot++)
            {
                JournalRecord record = new JournalRecord();
                Assert.AreEqual(
                    SlotContent.Valid,
                    new JournalRecordCodec().Decode(bench.Slots.Slot(slot), record));
                Assert.AreEqual(reading.Pagination, record.SignedPagination);
                Assert.AreEqual(reading.ExportWh, record.SignedExportWh);
            }
        }
    }
}
