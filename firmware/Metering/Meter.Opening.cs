namespace Helios.Metering
{
    /// <content>From a boot to a meter that may sign, or to the reason why not.</content>
    public sealed partial class Meter
    {
        /// <summary>
        /// Opens the journal at boot. What was counted since boot stands on top of what it holds.
        /// </summary>
        /// <param name="keyExists">Whether the device has its signing key.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public MeterState Open(bool keyExists, ulong uptimeMs)
        {
            JournalOpening opening = _stored.Open(uptimeMs);
            if (_stored.Record == null)
            {
                _openedAs = StateWithoutJournal(opening, keyExists);
                return State;
            }

            Start(uptimeMs);
            _openedAs = StateWithJournal(keyExists, uptimeMs);
            return State;
        }

        /// <summary>The key of a meter that was opened without it is there after all.</summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public MeterState FindKey(ulong uptimeMs)
        {
            if (_openedAs == MeterState.KeyLost)
            {
                _openedAs = StateWithJournal(keyExists: true, uptimeMs);
            }

            return State;
        }

        /// <summary>
        /// Starts a new meter's journal and fixes the configuration in it. To be done before the
        /// key is made: a key without a journal signs nothing.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public ProvisionResult Provision(ulong uptimeMs)
        {
            if (_openedAs != MeterState.Unprovisioned)
            {
                return ProvisionResult.NotUnprovisioned;
            }

            if (!_binding.TryRead(out uint count, uptimeMs))
            {
                return ProvisionResult.ElementSilent;
            }

            JournalRecord record = new JournalRecord();
            record.Provision(_configuration);
            record.BoundCount = _binding.IsBound ? count + 1 : 0;
            if (_stored.Create(record, uptimeMs) != AppendResult.Stored)
            {
                return ProvisionResult.StorageFailed;
            }

            Start(uptimeMs);
            _openedAs = MeterState.Ready;
            if (_binding.IsBound)
            {
                _binding.Follow(record.BoundCount, uptimeMs);
            }

            return ProvisionResult.Provisioned;
        }

        private MeterState StateWithJournal(bool keyExists, ulong uptimeMs)
        {
            if (!_isConfigured)
            {
                return MeterState.NotConfigured;
            }

            if (!keyExists && _stored.Record.IsEnrolled && !_binding.IsBound)
            {
                return MeterState.KeyLost;
            }

            if (!_stored.Record.IsProvisionedAs(_configuration)
                || _binding.IsBound != (_stored.Record.BoundCount > 0))
            {
                return MeterState.ConfigurationDiffers;
            }

            _stored.Record.MaxPowerW = _configuration.MaxPowerW;
            _stored.Bind(uptimeMs);
            return MeterState.Ready;
        }

        private MeterState StateWithoutJournal(JournalOpening opening, bool keyExists)
        {
            if (opening == JournalOpening.OtherVersion)
            {
                return MeterState.JournalOfOtherVersion;
            }

            if (keyExists)
            {
                return MeterState.JournalLost;
            }

            return _isConfigured ? MeterState.Unprovisioned : MeterState.NotConfigured;
        }

        private void Start(ulong uptimeMs)
        {
            JournalRecord record = _stored.Record;
            _paginations.Start(record);
            _schedule.Start(uptimeMs);
            _reading.HangGrids(record);

            // The outbox did not survive the restart, and perhaps nothing was signed before it.
            if (record.SignedPagination > record.AcknowledgedPagination)
            {
                RepeatReading();
            }
        }

        private MeterState OfBinding()
        {
            switch (_binding.State)
            {
                case BindingState.Unbound:
                case BindingState.Bound:
                    return MeterState.Ready;
                case BindingState.Differs:
                    return MeterState.JournalDiffersFromElement;
                case BindingState.UsedUp:
                    return MeterState.ElementUsedUp;
                default:
                    return MeterState.ElementSilent;
            }
        }
    }
}
