using Helios.Messaging;
using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Messaging
{
    [TestClass]
    public sealed class CodecTests
    {
        private const ulong Full = 0xFFFFFFFFFFFF;

        [TestMethod]
        public void Lays_out_a_reading_in_ninety_nine_bytes_as_the_design_says()
        {
            Reading reading = new Reading(
                0x01020304,
                0x111213141516,
                0x212223242526,
                0x313233343536,
                0x414243444546,
                900,
                0x0102);
            byte[] signature = Hex.Repeated(0x5A, 64);
            byte[] message = new byte[99];
            Assert.AreEqual(CodecResult.Done, ReadingCodec.Encode(reading, signature, message));
            Assert.AreEqual(
                "01020304111213141516212223242526313233343536414243444546"
                    + "00000003840102" + Hex.Text(signature),
                Hex.Text(message));
        }

        [TestMethod]
        public void Carries_the_edges_of_every_field_of_a_reading()
        {
            ulong[] registers = { 0, 0xFFFFFFFE, 0xFFFFFFFF, 0x100000000, Full - 1, Full };
            byte[] message = new byte[99];
            foreach (ulong wh in registers)
            {
                Reading reading = new Reading(0xFFFFFFFF, wh, wh, wh, wh, 900, 0x01FF);
                Assert.AreEqual(
                    CodecResult.Done, ReadingCodec.Encode(reading, new byte[64], message));
                Assert.AreEqual(
                    CodecResult.Done, ReadingCodec.Decode(message, out Reading read, out _));
                Assert.AreEqual(0xFFFFFFFFU, read.Pagination);
                Assert.AreEqual(wh, read.ExportWh);
                Assert.AreEqual(wh, read.ImportWh);
                Assert.AreEqual(wh, read.AuthorisedWh);
                Assert.AreEqual(wh, read.ReturnedWh);
                Assert.AreEqual(900UL, read.TakenAt);
                Assert.AreEqual(0x01FF, (int)read.Status);
            }
        }

        [TestMethod]
        public void Writes_and_reads_nothing_out_of_range()
        {
            AssertRefused(CodecResult.PaginationZero, new Reading(0, 1, 1, 1, 1, 900, 0));
            AssertRefused(
                CodecResult.RegisterOutOfRange, new Reading(1, Full + 1, 1, 1, 1, 900, 0));
            AssertRefused(CodecResult.TakenAtOutOfRange, new Reading(1, 1, 1, 1, 1, 899, 0));
            AssertRefused(CodecResult.StatusOutOfRange, new Reading(1, 1, 1, 1, 1, 900, 0x0200));

            byte[] message = new byte[98];
            Assert.AreEqual(
                CodecResult.TooShort, ReadingCodec.Decode(message, out Reading read, out _));
            Assert.IsNull(read);
            message = new byte[100];
            Assert.AreEqual(CodecResult.TooLong, ReadingCodec.Decode(message, out _, out _));
        }

        [TestMethod]
        public void Lays_out_an_acknowledgement_in_eight_bytes_as_the_design_says()
        {
            Acknowledgement given = new Acknowledgement(0x01020304, 0xA1A2A3A4);
            byte[] message = AcknowledgementCodec.Encode(given);
            Assert.AreEqual("01020304a1a2a3a4", Hex.Text(message));
            Assert.AreEqual(
                CodecResult.Done, AcknowledgementCodec.Decode(message, out Acknowledgement read));
            Assert.AreEqual(0x01020304U, read.StoredPagination);
            Assert.AreEqual(0xA1A2A3A4U, read.AcceptedPagination);
            Assert.AreEqual(
                CodecResult.TooShort, AcknowledgementCodec.Decode(new byte[7], out _));
            Assert.AreEqual(CodecResult.TooLong, AcknowledgementCodec.Decode(new byte[9], out _));
        }

        [TestMethod]
        public void Spells_and_reads_the_topics_as_the_design_says()
        {
            const string Meter = "00112233445566778899aabbccddeeff01234567";
            string topic = "helios/v1/" + Meter + "/reading";
            Assert.AreEqual(topic, Topics.Build(TopicKind.Reading, Hex.Bytes(Meter)));
            Assert.AreEqual(TopicKind.Reading, Topics.Parse(topic, out byte[] meter));
            Assert.AreEqual(Meter, Hex.Text(meter));
            Assert.AreEqual(
                TopicKind.Acknowledgement, Topics.Parse("helios/v1/" + Meter + "/ack", out _));
            Assert.AreEqual(
                TopicKind.Unknown, Topics.Parse("helios/v2/" + Meter + "/reading", out _));
            Assert.AreEqual(
                TopicKind.Unknown, Topics.Parse("helios/v1/0x" + Meter + "/reading", out _));
        }

        private static void AssertRefused(CodecResult expected, Reading reading)
        {
            byte[] message = new byte[99];
            Assert.AreEqual(expected, ReadingCodec.Encode(reading, new byte[64], message));
            Assert.AreEqual(Hex.Text(new byte[99]), Hex.Text(message));
        }
    }
}
