using System;
using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Metering
{
    /// <summary>The host cuts after every single byte; a prime step spares the device.</summary>
    [TestClass]
    public sealed class JournalTests
    {
        private const int StepBytes = 7;

        [TestMethod]
        public void Checksum_is_the_one_of_every_catalogue()
        {
            // CRC-32/ISO-HDLC of "123456789".
            byte[] digits = Hex.Bytes("313233343536373839");
            Assert.AreEqual(0xCBF43926U, new Crc32().Compute(digits, digits.Length));
        }

        [TestMethod]
        public void Takes_neither_zeros_nor_erased_flash_for_a_record()
        {
            JournalRecordCodec codec = new JournalRecordCodec();
            JournalRecord record = new JournalRecord();
            Assert.AreEqual(
                SlotContent.Unreadable,
                codec.Decode(new byte[JournalRecordCodec.Length], record));
            Assert.AreEqual(
                SlotContent.Unreadable,
                codec.Decode(Hex.Repeated(0xFF, JournalRecordCodec.Length), record));
        }

        [TestMethod]
        public void Refuses_a_record_with_any_one_byte_changed()
        {
            JournalRecordCodec codec = new JournalRecordCodec();
            byte[] bytes = new byte[JournalRecordCodec.Length];
            codec.Encode(new JournalRecord(), bytes);
            Assert.AreEqual(SlotContent.Valid, codec.Decode(bytes, new JournalRecord()));
            JournalRecord read = new JournalRecord();
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 0x10;
                Assert.AreEqual(SlotContent.Unreadable, codec.Decode(bytes, read));
                bytes[i] ^= 0x10;
            }
        }

        [TestMethod]
        public void Holds_one_whole_record_after_a_cut_in_a_write_to_both_slots()
        {
            BenchMeter bench = new BenchMeter();
            bench.Provision();
            JournalRecord record = bench.Meter.Record;
            byte[] before = new byte[JournalRecordCodec.Length];
            Array.Copy(bench.Slots.Slot(0), 0, before, 0, before.Length);

            for (int bytes = 0; bytes < 2 * JournalRecordCodec.Length; bytes += StepBytes)
            {
                Array.Copy(before, 0, bench.Slots.Slot(0), 0, before.Length);
                Array.Copy(before, 0, bench.Slots.Slot(1), 0, before.Length);
                Journal journal = new Journal(bench.Slots);
                journal.Open(out JournalRecord _);
                bench.Slots.BytesUntilCut = bytes;
                Assert.AreEqual(AppendResult.StorageFailed, journal.AppendToBoth(record));
                bench.Slots.PowerUp();

                Assert.AreEqual(
                    JournalOpening.Opened, new Journal(bench.Slots).Open(out JournalRecord read));
                Assert.AreEqual(record.MaxOpenWh, read.MaxOpenWh);
                AssertValid(bench.Slots.Slot(0));
                AssertValid(bench.Slots.Slot(1));
            }
        }

        private static void AssertValid(byte[] slot)
        {
            Assert.AreEqual(
                SlotContent.Valid, new JournalRecordCodec().Decode(slot, new JournalRecord()));
        }
    }
}
