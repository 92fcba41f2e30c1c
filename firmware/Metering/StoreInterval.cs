namespace Helios.Metering
{
    /// <summary>
    /// When counted impulses are due in the journal: what one minute at rated power brings on one
    /// register, or 15 minutes after the first of them, whichever is first. That is what a power
    /// cut can cost.
    /// <para>
    /// Wear (nanoframework.md, section 4: about 50 free blocks of 4 KiB and 100,000 erases each, 5
    /// million in all, at most 2 a write): 1,200 full-load hours of export and 450 of import a
    /// year make at most 99,000 writes, hours of low power 35,000, signatures of 11,000 coins
    /// 22,000: 156,000 writes, 312,000 erases a year, 16 years. Halving the minute would halve the
    /// years.
    /// </para>
    /// </summary>
    public sealed class StoreInterval
    {
        /// <summary>Longest time that a counted impulse stays out of the journal.</summary>
        public const ulong PendingMsMax = 900000;

        /// <summary>Time between attempts while the storage fails.</summary>
        public const ulong RetryMs = 60000;

        // Impulses in a minute = W x imp/kWh x 60 s / 3,600,000 Ws a kWh.
        private const ulong PowerTimesConstantPerImpulse = 60000;

        private readonly ulong _impulsesMax;
        private ulong _storedExport;
        private ulong _storedImport;
        private ulong _storedNotes;
        private bool _isTamperStored;
        private bool _isPending;
        private ulong _pendingSinceMs;

        /// <param name="impulsesPerKwh">Impulse constant, imp/kWh.</param>
        /// <param name="maxPowerW">Rated power, W.</param>
        public StoreInterval(uint impulsesPerKwh, uint maxPowerW)
        {
            _impulsesMax = ImpulsesMax(impulsesPerKwh, maxPowerW);
        }

        /// <summary>Impulses a register may be ahead of the journal: at least 1.</summary>
        public static ulong ImpulsesMax(uint impulsesPerKwh, uint maxPowerW)
        {
            ulong impulses = (ulong)maxPowerW * impulsesPerKwh / PowerTimesConstantPerImpulse;
            return impulses > 0 ? impulses : 1;
        }

        /// <summary>
        /// True if the record holds impulses, or notes on restarts and attempts, that are not
        /// stored.
        /// </summary>
        public bool IsAhead(JournalRecord record)
        {
            return record.ExportImpulses != _storedExport
                || record.ImportImpulses != _storedImport
                || Notes(record) != _storedNotes;
        }

        /// <summary>True if the record, with registers of now, is to be written.</summary>
        public bool IsDue(JournalRecord record, ulong uptimeMs)
        {
            // Whoever opens the lid may cut the power next.
            if (IsTamperPending(record) && !_isTamperStored)
            {
                return true;
            }

            if (!IsAhead(record))
            {
                return false;
            }

            if (!_isPending)
            {
                _isPending = true;
                _pendingSinceMs = uptimeMs;
            }

            return record.ExportImpulses - _storedExport >= _impulsesMax
                || record.ImportImpulses - _storedImport >= _impulsesMax
                || uptimeMs - _pendingSinceMs >= PendingMsMax;
        }

        /// <summary>The record stands in the journal.</summary>
        public void Stored(JournalRecord record)
        {
            _storedExport = record.ExportImpulses;
            _storedImport = record.ImportImpulses;
            _storedNotes = Notes(record);
            _isTamperStored = IsTamperPending(record);
            _isPending = false;
        }

        private static bool IsTamperPending(JournalRecord record)
        {
            return (record.PendingStatus & ReadingStatus.Tamper) != 0;
        }

        private static ulong Notes(JournalRecord record)
        {
            ulong restarts = (ulong)record.FaultRestarts << 8;
            return ((ulong)record.MaxPowerW << 16) | restarts | record.FailedAttempts;
        }
    }
}
