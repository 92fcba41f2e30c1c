namespace Helios.Metering
{
    /// <summary>
    /// The registers together with their journal: writes what was counted when the
    /// <see cref="StoreInterval"/> says so, and tries again every minute while the storage fails.
    /// Used by the signing thread.
    /// </summary>
    internal sealed class StoredRegisters
    {
        private readonly RegisterPair _registers;
        private readonly Journal _journal;
        private readonly StoreInterval _interval;
        private readonly JournalBinding _binding;
        private ulong _failedUptimeMs;

        public StoredRegisters(
            RegisterPair registers,
            IJournalStorage storage,
            StoreInterval interval,
            JournalBinding binding)
        {
            _binding = binding;
            _registers = registers;
            _journal = new Journal(storage);
            _interval = interval;
        }

        /// <summary>
        /// The newest record, with the registers of the last look; null without one.
        /// </summary>
        public JournalRecord Record { get; private set; }

        /// <summary>True while a slot could not be written.</summary>
        public bool IsFailing { get; private set; }

        /// <summary>
        /// Opens the journal and puts the registers on top of it, once: called again after an
        /// exception, it writes what they are.
        /// </summary>
        public JournalOpening Open(ulong uptimeMs)
        {
            if (Record != null)
            {
                Refresh();
                WriteToBoth(Record, uptimeMs);
                return IsFailing ? JournalOpening.OpenedOneSlot : JournalOpening.Opened;
            }

            JournalOpening opening = _journal.Open(out JournalRecord record);
            if (record == null)
            {
                return opening;
            }

            _interval.Stored(record);
            bool isNews = RaiseToMark(record);
            _registers.Restore(record);

            // What throws from here on must not put them on top of it once more.
            Record = record;
            isNews |= NoteRestart();
            if (opening != JournalOpening.Opened)
            {
                NoteFailure(uptimeMs);
            }
            else if (isNews)
            {
                WriteToBoth(Record, uptimeMs);
            }

            return opening;
        }

        /// <summary>Starts a journal with its first record.</summary>
        public AppendResult Create(JournalRecord record, ulong uptimeMs)
        {
            _registers.CopyTo(record);
            AppendResult result = WriteToBoth(record, uptimeMs);
            if (result == AppendResult.Stored)
            {
                Record = record;
            }

            return result;
        }

        /// <summary>
        /// Looks whether the journal fits its counter, and counts this boot; tried again once a
        /// minute until the counter answers.
        /// </summary>
        public void Bind(ulong uptimeMs)
        {
            if (Record == null || IsFailing || !_binding.IsTryDue(uptimeMs))
            {
                return;
            }

            if (_binding.State == BindingState.Behind)
            {
                _binding.Follow(Record.BoundCount, uptimeMs);
                return;
            }

            if (_binding.State == BindingState.Waiting)
            {
                _binding.Compare(Record.BoundCount, uptimeMs);
            }

            if (_binding.State == BindingState.Fits)
            {
                CountBoot(uptimeMs);
            }
        }

        /// <summary>Brings the record's registers up to now, without writing.</summary>
        public void Refresh()
        {
            _registers.CopyTo(Record);
        }

        /// <summary>Writes if it is time, or if a failed storage may be tried again.</summary>
        public AppendResult Keep(ulong uptimeMs)
        {
            if (Record == null)
            {
                return AppendResult.NoJournal;
            }

            Refresh();
            if (IsFailing)
            {
                return uptimeMs - _failedUptimeMs < StoreInterval.RetryMs
                    ? AppendResult.StorageFailed
                    : WriteToBoth(Record, uptimeMs);
            }

            return _interval.IsDue(Record, uptimeMs) ? WriteToOne(uptimeMs) : AppendResult.NotDue;
        }

        /// <summary>Writes if there is anything new.</summary>
        public AppendResult Store(ulong uptimeMs)
        {
            if (Record == null)
            {
                return AppendResult.NoJournal;
            }

            Refresh();
            if (!_interval.IsAhead(Record))
            {
                return AppendResult.NotDue;
            }

            return IsFailing ? WriteToBoth(Record, uptimeMs) : WriteToOne(uptimeMs);
        }

        /// <summary>Writes a clean shutdown; what is written after it stays clean.</summary>
        public AppendResult ShutDown(ulong uptimeMs)
        {
            if (Record == null)
            {
                return AppendResult.NoJournal;
            }

            Refresh();
            Record.IsCleanShutdown = true;
            return WriteToBoth(Record, uptimeMs);
        }

        /// <summary>
        /// Writes what is about to be signed or acted on to both slots. The draft becomes the
        /// record and the record before it is handed back to be the next draft; if the storage
        /// failed nothing changed. A storage that fails is tried once a minute. What a flash image
        /// could be restored for is counted: if the counter does not follow, the draft stands in
        /// both slots all the same, and nothing may be signed or acted on.
        /// </summary>
        public AppendResult Commit(ref JournalRecord draft, ulong uptimeMs)
        {
            if (IsFailing && uptimeMs - _failedUptimeMs < StoreInterval.RetryMs)
            {
                return AppendResult.StorageFailed;
            }

            bool isCounted = _binding.IsBound && JournalBinding.IsCounted(Record, draft);
            if (isCounted && !_binding.IsSound)
            {
                // Never two ahead.
                return AppendResult.NotCounted;
            }

            draft.BoundCount = Record.BoundCount + (isCounted ? 1U : 0U);
            AppendResult result = WriteToBoth(draft, uptimeMs);
            if (result != AppendResult.Stored)
            {
                return result;
            }

            JournalRecord before = Record;
            Record = draft;
            draft = before;
            return !isCounted || _binding.Follow(Record.BoundCount, uptimeMs)
                ? AppendResult.Stored
                : AppendResult.NotCounted;
        }

        /// <summary>The reading of the record is about to be signed: it tells its status.</summary>
        public void StatusTold()
        {
            _registers.ClearStatus(Record.SignedStatus);
        }

        /// <summary>Lets the next reading tell what the one of the record was to tell.</summary>
        public void TellAgain()
        {
            const int OfTheMoment = ReadingStatus.TimeMask | ReadingStatus.SwitchClosed
                | ReadingStatus.LowCredit;
            _registers.AddStatus((ushort)(Record.SignedStatus & ~OfTheMoment));
        }

        // Import up to the mark may have been used before the power went. True if it was raised.
        private static bool RaiseToMark(JournalRecord record)
        {
            ulong markWh = record.Supply.MarkWh;
            if (markWh <= record.ImportWhDown)
            {
                return false;
            }

            record.ImportStepThousandths = EnergyRegister.StepTo(
                record.ImportImpulses,
                record.ImportStepThousandths,
                markWh,
                record.ImpulsesPerKwh);
            record.Supply.IsImportDue = true;
            return true;
        }

        private void CountBoot(ulong uptimeMs)
        {
            Refresh();
            Record.BoundCount++;
            AppendResult result = AppendResult.StorageFailed;
            try
            {
                result = WriteToBoth(Record, uptimeMs);
            }
            finally
            {
                // Whether it failed or threw: one slot may say so, and the counter does not. That
                // is one ahead, as allowed.
                Record.BoundCount -= result == AppendResult.Stored ? 0U : 1U;
            }

            if (result == AppendResult.Stored)
            {
                _binding.Follow(Record.BoundCount, uptimeMs);
            }
        }

        /// <summary>True if the record changed and is to be written at once.</summary>
        private bool NoteRestart()
        {
            if (Record.IsCleanShutdown)
            {
                // The mark must not survive this boot: the next power cut may come before anything
                // else is written.
                Record.IsCleanShutdown = false;
                return true;
            }

            bool isTold = (Record.PendingStatus & ReadingStatus.UncleanRestart) != 0;
            _registers.AddStatus(ReadingStatus.UncleanRestart);
            Refresh();
            return !isTold;
        }

        private AppendResult WriteToOne(ulong uptimeMs)
        {
            return Note(Record, _journal.Append(Record), uptimeMs);
        }

        private AppendResult WriteToBoth(JournalRecord record, ulong uptimeMs)
        {
            return Note(record, _journal.AppendToBoth(record), uptimeMs);
        }

        private AppendResult Note(JournalRecord record, AppendResult result, ulong uptimeMs)
        {
            if (result == AppendResult.Stored)
            {
                _interval.Stored(record);
                IsFailing = false;
            }
            else
            {
                NoteFailure(uptimeMs);
            }

            return result;
        }

        private void NoteFailure(ulong uptimeMs)
        {
            IsFailing = true;
            _failedUptimeMs = uptimeMs;
        }
    }
}
