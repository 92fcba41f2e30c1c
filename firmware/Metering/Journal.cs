using System;

namespace Helios.Metering
{
    /// <summary>
    /// Two slots, each written whole, closed and read back. A write always goes to the slot that
    /// does not hold the newest proven record, so that a power cut after any byte leaves one to go
    /// on with. Used by one thread. Buffers are allocated once.
    /// </summary>
    public sealed class Journal
    {
        // More than the attempts between two boots.
        private const ulong SequencesPerLoss = 1UL << 32;

        private readonly IJournalStorage _storage;
        private readonly JournalRecordCodec _codec = new JournalRecordCodec();
        private readonly byte[] _record = new byte[JournalRecordCodec.Length];
        private readonly byte[] _readBack = new byte[JournalRecordCodec.Length];
        private ulong _sequence;
        private int _newestSlot;

        /// <param name="storage">Where the slots are.</param>
        public Journal(IJournalStorage storage)
        {
            _storage = storage;
        }

        /// <summary>
        /// Reads both slots, takes the valid one with the higher sequence and copies it to the
        /// other.
        /// </summary>
        /// <param name="record">The newest record; null if there is none.</param>
        public JournalOpening Open(out JournalRecord record)
        {
            JournalRecord first = new JournalRecord();
            JournalRecord second = new JournalRecord();
            SlotContent contentOfFirst = ReadSlot(0, first);
            SlotContent contentOfSecond = ReadSlot(1, second);

            record = null;
            if (contentOfFirst == SlotContent.OtherVersion
                || contentOfSecond == SlotContent.OtherVersion)
            {
                return JournalOpening.OtherVersion;
            }

            bool isFirstValid = contentOfFirst == SlotContent.Valid;
            bool isSecondValid = contentOfSecond == SlotContent.Valid;
            if (!isFirstValid && !isSecondValid)
            {
                return JournalOpening.Unreadable;
            }

            bool isSecondNewest = isSecondValid
                && (!isFirstValid || second.Sequence > first.Sequence);
            _newestSlot = isSecondNewest ? 1 : 0;
            record = isSecondNewest ? second : first;
            if (!isFirstValid || !isSecondValid)
            {
                // What cannot be read now may be newer than this record and be read again at a
                // later boot. All that is written from now on is newer still.
                record.Sequence += SequencesPerLoss;
            }

            _sequence = record.Sequence;
            return CopyNewestToOther(record);
        }

        /// <summary>
        /// Writes the record to one slot. Enough for counting: what is lost if this slot ages is
        /// one interval more.
        /// </summary>
        public AppendResult Append(JournalRecord record)
        {
            // A newest slot that has aged since it was proven leaves the other as the last good
            // one, which a cut of this write must not touch.
            if (!IsWhole(_newestSlot) && IsWhole(1 - _newestSlot))
            {
                _newestSlot = 1 - _newestSlot;
            }

            // Rises with each attempt, because a write that seemed to fail may yet be found at
            // boot.
            _sequence++;
            record.Sequence = _sequence;
            _codec.Encode(record, _record);
            return WriteOlderSlot();
        }

        /// <summary>
        /// Writes the record to both slots, as everything must be that a signature will say. After
        /// a failure the slot with the newest proven record is left alone.
        /// </summary>
        public AppendResult AppendToBoth(JournalRecord record)
        {
            AppendResult first = Append(record);
            return first == AppendResult.Stored ? WriteOlderSlot() : first;
        }

        private JournalOpening CopyNewestToOther(JournalRecord record)
        {
            _codec.Encode(record, _record);
            if (IsInSlot(1 - _newestSlot))
            {
                return JournalOpening.Opened;
            }

            return WriteOlderSlot() == AppendResult.Stored
                ? JournalOpening.Opened
                : JournalOpening.OpenedOneSlot;
        }

        private SlotContent ReadSlot(int slot, JournalRecord record)
        {
            return Read(slot) == StorageResult.Done
                ? _codec.Decode(_readBack, record)
                : SlotContent.Unreadable;
        }

        private AppendResult WriteOlderSlot()
        {
            int slot = 1 - _newestSlot;
            if (_storage.Write(slot, _record) != StorageResult.Done || !IsInSlot(slot))
            {
                return AppendResult.StorageFailed;
            }

            _newestSlot = slot;
            return AppendResult.Stored;
        }

        private bool IsWhole(int slot)
        {
            return Read(slot) == StorageResult.Done && _codec.IsWhole(_readBack);
        }

        private bool IsInSlot(int slot)
        {
            if (Read(slot) != StorageResult.Done)
            {
                return false;
            }

            for (int i = 0; i < JournalRecordCodec.Length; i++)
            {
                if (_readBack[i] != _record[i])
                {
                    return false;
                }
            }

            return true;
        }

        private StorageResult Read(int slot)
        {
            // A short slot must not be completed by what the slot before left in the buffer.
            Array.Clear(_readBack, 0, JournalRecordCodec.Length);
            return _storage.Read(slot, _readBack);
        }
    }
}
