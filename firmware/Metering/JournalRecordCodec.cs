using System;

namespace Helios.Metering
{
    /// <summary>
    /// The bytes of a <see cref="JournalRecord"/>: always <see cref="Length"/>, big-endian, a
    /// magic number and a version first, a CRC-32 over all that is before it last, zeros between.
    /// </summary>
    public sealed class JournalRecordCodec
    {
        /// <summary>
        /// Bytes of a slot: magic number, version and fields take 388, the checksum 4.
        /// </summary>
        public const int Length = 512;

        /// <summary>The version that is written, and the only one that is read.</summary>
        public const byte Version = 2;

        // "HELJ" in ASCII.
        private const ulong Magic = 0x48454C4A;

        private const int ChecksumOffset = Length - 4;

        private readonly Crc32 _crc32 = new Crc32();

        /// <summary>Writes the record over all of <paramref name="bytes"/>.</summary>
        public void Encode(JournalRecord record, byte[] bytes)
        {
            Array.Clear(bytes, 0, Length);

            RecordCursor cursor = new RecordCursor(bytes, isWriting: true);
            cursor.Next(4, Magic);
            cursor.Next(1, Version);
            WalkFields(record, cursor);

            BigEndian.Write(bytes, ChecksumOffset, 4, _crc32.Compute(bytes, ChecksumOffset));
        }

        /// <summary>Fills the record, which is left as it was unless the slot is valid.</summary>
        public SlotContent Decode(byte[] bytes, JournalRecord record)
        {
            if (!IsWhole(bytes))
            {
                return SlotContent.Unreadable;
            }

            RecordCursor cursor = new RecordCursor(bytes, isWriting: false);
            if (cursor.Next(4, 0) != Magic)
            {
                return SlotContent.Unreadable;
            }

            if (cursor.Next(1, 0) != Version)
            {
                return SlotContent.OtherVersion;
            }

            WalkFields(record, cursor);
            return SlotContent.Valid;
        }

        /// <summary>True for 512 bytes that were written to their end and have not aged.</summary>
        public bool IsWhole(byte[] bytes)
        {
            // The checksum of zeros is not zero, so an empty slot is not taken for a record.
            ulong checksum = BigEndian.Read(bytes, ChecksumOffset, 4);
            return checksum == _crc32.Compute(bytes, ChecksumOffset);
        }

        /// <summary>Makes <paramref name="to"/> equal to <paramref name="from"/>.</summary>
        /// <param name="from">What is copied.</param>
        /// <param name="to">What is overwritten.</param>
        /// <param name="scratch">Bytes to go through, <see cref="Length"/> of them.</param>
        public static void Copy(JournalRecord from, JournalRecord to, byte[] scratch)
        {
            WalkFields(from, new RecordCursor(scratch, isWriting: true));
            WalkFields(to, new RecordCursor(scratch, isWriting: false));
        }

        /// <summary>Makes <paramref name="to"/> equal to <paramref name="from"/>.</summary>
        /// <param name="from">What is copied.</param>
        /// <param name="to">What is overwritten.</param>
        /// <param name="scratch">Bytes to go through, <see cref="Length"/> of them.</param>
        public static void Copy(SupplyRecord from, SupplyRecord to, byte[] scratch)
        {
            WalkSupply(from, new RecordCursor(scratch, isWriting: true));
            WalkSupply(to, new RecordCursor(scratch, isWriting: false));
        }

        private static void WalkFields(JournalRecord record, RecordCursor cursor)
        {
            record.Sequence = cursor.Next(8, record.Sequence);

            record.ChainId = cursor.Next(8, record.ChainId);
            cursor.Next(record.VerifyingContract);
            record.ImpulsesPerKwh = (uint)cursor.Next(4, record.ImpulsesPerKwh);
            record.WhPerCoin = cursor.Next(6, record.WhPerCoin);
            record.MaxOpenWh = cursor.Next(6, record.MaxOpenWh);
            record.CarryWh = cursor.Next(6, record.CarryWh);

            cursor.Next(record.Owner);
            record.EnrolledExportWh = cursor.Next(6, record.EnrolledExportWh);
            record.EnrolledImportWh = cursor.Next(6, record.EnrolledImportWh);

            record.ExportImpulses = cursor.Next(8, record.ExportImpulses);
            record.ImportImpulses = cursor.Next(8, record.ImportImpulses);
            record.ImportStepThousandths = cursor.Next(8, record.ImportStepThousandths);
            record.PendingStatus = (ushort)cursor.Next(2, record.PendingStatus);
            record.IsCleanShutdown = cursor.Next(record.IsCleanShutdown);

            record.PaginationReserved = (uint)cursor.Next(4, record.PaginationReserved);
            record.SignedPagination = (uint)cursor.Next(4, record.SignedPagination);
            record.SignedExportWh = cursor.Next(6, record.SignedExportWh);
            record.SignedImportWh = cursor.Next(6, record.SignedImportWh);
            record.SignedTakenAt = cursor.Next(5, record.SignedTakenAt);
            record.SignedStatus = (ushort)cursor.Next(2, record.SignedStatus);
            record.AcknowledgedPagination = (uint)cursor.Next(4, record.AcknowledgedPagination);

            record.FailedAttempts = (byte)cursor.Next(1, record.FailedAttempts);
            record.FaultRestarts = (byte)cursor.Next(1, record.FaultRestarts);
            record.MaxPowerW = (uint)cursor.Next(4, record.MaxPowerW);

            WalkSupply(record.Supply, cursor);
            record.BoundCount = (uint)cursor.Next(4, record.BoundCount);
        }

        private static void WalkSupply(SupplyRecord supply, RecordCursor cursor)
        {
            supply.AuthorisedWh = cursor.Next(6, supply.AuthorisedWh);
            supply.ReturnedWh = cursor.Next(6, supply.ReturnedWh);
            supply.MarkWh = cursor.Next(6, supply.MarkWh);
            supply.RequestNumber = (uint)cursor.Next(4, supply.RequestNumber);
            supply.IsOpenedByHand = cursor.Next(supply.IsOpenedByHand);
            supply.IsImportDue = cursor.Next(supply.IsImportDue);
            supply.IsReadingDue = cursor.Next(supply.IsReadingDue);
            supply.ControllersNumber = (uint)cursor.Next(4, supply.ControllersNumber);
            supply.ControllerThreshold = (byte)cursor.Next(1, supply.ControllerThreshold);
            supply.ControllerCount = (byte)cursor.Next(1, supply.ControllerCount);
            cursor.Next(supply.ControllerAddresses);
            cursor.Next(supply.Orders);
        }
    }
}
