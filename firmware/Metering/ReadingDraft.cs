using System;

namespace Helios.Metering
{
    /// <summary>
    /// What the next signature will say, written into a draft of the journal's record: rounded
    /// down onto the coin grid, or exact where somebody asked. Used by the signing thread.
    /// </summary>
    internal sealed class ReadingDraft
    {
        private CoinGrid _exportGrid;
        private CoinGrid _importGrid;

        /// <summary>
        /// Hangs the grids on the first Enrolment. Later Enrolments leave them there.
        /// </summary>
        public void HangGrids(JournalRecord record)
        {
            _exportGrid = new CoinGrid(record.EnrolledExportWh, record.CarryWh, record.WhPerCoin);
            _importGrid = new CoinGrid(record.EnrolledImportWh, record.CarryWh, record.WhPerCoin);
        }

        /// <summary>
        /// True if the ledger would mint for the export counted since the last signature.
        /// </summary>
        public bool IsCoinEarned(JournalRecord record)
        {
            return _exportGrid.CoinsDown(record.ExportWhDown)
                > _exportGrid.CoinsDown(record.SignedExportWh);
        }

        /// <summary>Fills what a reading will say, but for its pagination.</summary>
        public void FillReading(JournalRecord draft, ReadingOccasion occasion, MeterTime time)
        {
            ulong exportWh = draft.ExportWhDown;
            ulong importWh = draft.ImportWhDown;
            bool isRequested = occasion == ReadingOccasion.Requested;
            if (isRequested)
            {
                draft.Supply.IsReadingDue = false;
            }
            else
            {
                exportWh = _exportGrid.ToPointDown(exportWh, draft.SignedExportWh);
            }

            if (isRequested || occasion == ReadingOccasion.ImportDue)
            {
                draft.Supply.IsImportDue = false;
            }
            else
            {
                importWh = _importGrid.ToPointDown(importWh, draft.SignedImportWh);
            }

            draft.SignedExportWh = exportWh;
            draft.SignedImportWh = importWh;
            draft.SignedTakenAt = ToQuarterHourDown(time.UnixSeconds);
            draft.SignedStatus = (ushort)(
                draft.PendingStatus | (time.TimeStatus & ReadingStatus.TimeMask));
            draft.PendingStatus = 0;
        }

        /// <summary>
        /// Fills what an Enrolment will say, but for its pagination. The first takes the registers
        /// as they are; a later one repeats what was signed last, which the ledger holds already.
        /// </summary>
        public static void FillEnrolment(JournalRecord draft, byte[] owner, MeterTime time)
        {
            if (!draft.IsEnrolled)
            {
                draft.EnrolledExportWh = draft.ExportWhDown;
                draft.EnrolledImportWh = draft.ImportWhDown;
                draft.SignedExportWh = draft.EnrolledExportWh;
                draft.SignedImportWh = draft.EnrolledImportWh;
            }

            Array.Copy(owner, 0, draft.Owner, 0, AddressBytes.Length);
            draft.SignedTakenAt = ToQuarterHourDown(time.UnixSeconds);
            draft.SignedStatus = 0;
        }

        /// <summary>What a journalled record says is to be signed.</summary>
        public static Reading ToReading(JournalRecord record)
        {
            return new Reading(
                record.SignedPagination,
                record.SignedExportWh,
                record.SignedImportWh,
                record.AuthorisedWh,
                record.ReturnedWh,
                record.SignedTakenAt,
                record.SignedStatus);
        }

        private static ulong ToQuarterHourDown(ulong unixSeconds)
        {
            ulong seconds = unixSeconds < Reading.TakenAtMax ? unixSeconds : Reading.TakenAtMax;
            return seconds - seconds % Reading.TakenAtStepSeconds;
        }
    }
}
