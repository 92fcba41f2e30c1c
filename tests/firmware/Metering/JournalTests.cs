using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class JournalTests
{
    private readonly SimulatedStorage _storage = new();
    private readonly JournalRecord _record = new();

    [Fact]
    public void Takes_the_slot_with_the_higher_sequence_and_copies_it_to_the_other()
    {
        Journal journal = Started();
        Append(journal, impulses: 1);
        Append(journal, impulses: 2);
        Assert.NotEqual(_storage.Slot(0), _storage.Slot(1));

        Assert.Equal(JournalOpening.Opened, new Journal(_storage).Open(out JournalRecord record));

        Assert.Equal(2UL, record.ExportImpulses);
        Assert.Equal(_storage.Slot(0), _storage.Slot(1));
    }

    [Fact]
    public void Writes_alternately_and_never_the_slot_that_holds_the_newest_record()
    {
        Journal journal = Started();
        for (ulong impulses = 1; impulses < 20; impulses++)
        {
            byte[][] before = [[.. _storage.Slot(0)], [.. _storage.Slot(1)]];
            int newest = SequenceIn(0) > SequenceIn(1) ? 0 : 1;
            Append(journal, impulses);
            if (impulses > 1)
            {
                Assert.Equal(before[newest], _storage.Slot(newest));
            }
        }
    }

    [Fact]
    public void Holds_one_whole_record_after_a_cut_at_any_byte_of_a_write_to_one_slot()
    {
        CutAtEveryByte(JournalRecordCodec.Length, journal => journal.Append(_record));
    }

    [Fact]
    public void Holds_one_whole_record_after_a_cut_at_any_byte_of_a_write_to_both_slots()
    {
        CutAtEveryByte(2 * JournalRecordCodec.Length, journal => journal.AppendToBoth(_record));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Holds_the_record_before_the_newest_that_aged_after_a_cut_at_any_byte_of_the_next(
        bool isWriteToBoth)
    {
        for (int bytes = 0; bytes <= JournalRecordCodec.Length; bytes++)
        {
            Array.Clear(_storage.Slot(0));
            Array.Clear(_storage.Slot(1));
            Journal journal = Started();
            Append(journal, impulses: 10);
            Append(journal, impulses: 11);
            _storage.Slot(SequenceIn(0) > SequenceIn(1) ? 0 : 1)[100] ^= 1;
            _storage.BytesUntilCut = bytes;

            _record.ExportImpulses = 12;
            _ = isWriteToBoth ? journal.AppendToBoth(_record) : journal.Append(_record);
            _storage.PowerUp();

            Assert.Equal(
                JournalOpening.Opened, new Journal(_storage).Open(out JournalRecord record));
            Assert.Equal(bytes < JournalRecordCodec.Length ? 10UL : 12UL, record.ExportImpulses);
        }
    }

    [Fact]
    public void Keeps_the_newest_record_after_a_cut_at_any_byte_of_the_copy_at_boot()
    {
        Append(Started(), impulses: 7);
        byte[][] before = [[.. _storage.Slot(0)], [.. _storage.Slot(1)]];
        for (int bytes = 0; bytes <= JournalRecordCodec.Length; bytes++)
        {
            before[0].CopyTo(_storage.Slot(0), 0);
            before[1].CopyTo(_storage.Slot(1), 0);
            _storage.BytesUntilCut = bytes;
            new Journal(_storage).Open(out _);
            _storage.PowerUp();

            Assert.Equal(
                JournalOpening.Opened, new Journal(_storage).Open(out JournalRecord record));
            Assert.Equal(7UL, record.ExportImpulses);
            Assert.Equal([7UL, 7UL], new[] { ImpulsesIn(0), ImpulsesIn(1) });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Never_returns_to_a_lost_record_that_can_be_read_again_later(ulong writes)
    {
        Journal journal = Started();
        for (ulong impulses = 1; impulses <= writes; impulses++)
        {
            Append(journal, impulses);
        }

        int slot = SequenceIn(0) > SequenceIn(1) ? 0 : 1;
        byte[] lost = [.. _storage.Slot(slot)];
        Array.Clear(_storage.Slot(slot));
        Journal after = new(_storage);
        after.Open(out _);
        _record.ExportImpulses = 100;
        Assert.Equal(AppendResult.Stored, after.AppendToBoth(_record));

        lost.CopyTo(_storage.Slot(slot), 0);
        new Journal(_storage).Open(out JournalRecord record);
        Assert.Equal(100UL, record.ExportImpulses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Says_that_a_slot_could_not_be_copied(int slot)
    {
        Append(Started(), impulses: 7);
        Array.Clear(_storage.Slot(slot));
        _storage.Stuck.Add(slot);

        JournalOpening opening = new Journal(_storage).Open(out JournalRecord record);

        Assert.Equal(JournalOpening.OpenedOneSlot, opening);
        Assert.NotNull(record);
    }

    [Fact]
    public void Believes_no_write_that_does_not_read_back()
    {
        Journal journal = Started();
        _storage.Forgetful.Add(0);
        _storage.Forgetful.Add(1);

        Assert.Equal(AppendResult.StorageFailed, journal.Append(_record));
        Assert.Equal(AppendResult.StorageFailed, journal.AppendToBoth(_record));
    }

    [Fact]
    public void Believes_no_write_that_cannot_be_read_back()
    {
        Journal journal = Started();
        _storage.Mute.Add(0);
        _storage.Mute.Add(1);

        Assert.Equal(AppendResult.StorageFailed, journal.Append(_record));
    }

    [Fact]
    public void Leaves_the_last_good_slot_alone_while_the_other_cannot_be_written()
    {
        Journal journal = Started();
        Append(journal, impulses: 3);
        int good = SequenceIn(0) > SequenceIn(1) ? 0 : 1;
        byte[] before = [.. _storage.Slot(good)];
        _storage.Stuck.Add(1 - good);

        for (int attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(AppendResult.StorageFailed, journal.Append(_record));
            Assert.Equal(AppendResult.StorageFailed, journal.AppendToBoth(_record));
        }

        Assert.Equal(before, _storage.Slot(good));
    }

    [Fact]
    public void Opens_the_slot_that_is_left_when_the_other_rots_bit_by_bit()
    {
        Journal journal = Started();
        _record.ExportImpulses = 9;
        journal.AppendToBoth(_record);
        for (int bit = 0; bit < 8 * JournalRecordCodec.Length; bit++)
        {
            for (int slot = 0; slot < 2; slot++)
            {
                _storage.Slot(slot)[bit / 8] ^= (byte)(1 << (bit % 8));
                JournalOpening opening = new Journal(_storage).Open(out JournalRecord record);

                Assert.Equal(JournalOpening.Opened, opening);
                Assert.Equal(9UL, record.ExportImpulses);
            }
        }
    }

    [Fact]
    public void Changes_nothing_in_a_journal_of_another_version()
    {
        Append(Started(), impulses: 3);
        byte[] other = _storage.Slot(0);
        other[4] = JournalRecordCodec.Version + 1;
        BigEndian.Write(other, other.Length - 4, 4, new Crc32().Compute(other, other.Length - 4));
        int writes = _storage.Writes;

        Assert.Equal(
            JournalOpening.OtherVersion, new Journal(_storage).Open(out JournalRecord record));
        Assert.Null(record);
        Assert.Equal(writes, _storage.Writes);
    }

    [Fact]
    public void Finds_no_record_where_both_slots_are_unreadable()
    {
        Assert.Equal(JournalOpening.Unreadable, new Journal(_storage).Open(out _));

        Started();
        _storage.Mute.Add(0);
        _storage.Mute.Add(1);
        Assert.Equal(JournalOpening.Unreadable, new Journal(_storage).Open(out _));
    }

    private void CutAtEveryByte(int length, Func<Journal, AppendResult> write)
    {
        for (int bytes = 0; bytes <= length; bytes++)
        {
            Array.Clear(_storage.Slot(0));
            Array.Clear(_storage.Slot(1));
            Journal journal = Started();
            Append(journal, impulses: 10);
            _record.ExportImpulses = 11;
            _storage.BytesUntilCut = bytes;

            AppendResult result = write(journal);
            _storage.PowerUp();

            Assert.Equal(
                JournalOpening.Opened, new Journal(_storage).Open(out JournalRecord record));
            Assert.InRange(record.ExportImpulses, 10UL, 11UL);
            Assert.Equal(bytes >= length, result == AppendResult.Stored);
            if (result == AppendResult.Stored)
            {
                Assert.Equal(11UL, record.ExportImpulses);
            }
        }
    }

    private Journal Started()
    {
        Journal journal = new(_storage);
        _record.ExportImpulses = 0;
        Assert.Equal(AppendResult.Stored, journal.AppendToBoth(_record));
        return journal;
    }

    private void Append(Journal journal, ulong impulses)
    {
        _record.ExportImpulses = impulses;
        Assert.Equal(AppendResult.Stored, journal.Append(_record));
    }

    private ulong SequenceIn(int slot) => BigEndian.Read(_storage.Slot(slot), 5, 8);

    private ulong ImpulsesIn(int slot)
    {
        JournalRecord record = new();
        Assert.Equal(
            SlotContent.Valid, new JournalRecordCodec().Decode(_storage.Slot(slot), record));
        return record.ExportImpulses;
    }
}
