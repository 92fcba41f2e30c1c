namespace Helios.Metering
{
    /// <summary>
    /// Binds the journal to a monotonic counter, so that a flash image of an earlier day is found
    /// out. Whatever such an image could be used for raises the count: each boot, pagination,
    /// block of credit and return. Both slots say n + 1 first, then the counter goes there. So a
    /// power cut at any moment leaves the journal equal to the counter or one ahead, an image from
    /// before the last of them is behind it, and one from after it is what a power cut leaves.
    /// </summary>
    internal sealed class JournalBinding
    {
        private readonly IMonotonicCounter _counter;
        private ulong _failedUptimeMs;

        /// <param name="counter">Null where there is none.</param>
        public JournalBinding(IMonotonicCounter counter)
        {
            _counter = counter;
            State = counter == null ? BindingState.Unbound : BindingState.Waiting;
        }

        /// <summary>How the two stand to one another.</summary>
        public BindingState State { get; private set; }

        /// <summary>True if there is a counter.</summary>
        public bool IsBound
        {
            get { return _counter != null; }
        }

        /// <summary>True if nothing speaks against signing.</summary>
        public bool IsSound
        {
            get { return State == BindingState.Bound || State == BindingState.Unbound; }
        }

        /// <summary>True if it may do better now; what failed is tried once a minute.</summary>
        public bool IsTryDue(ulong uptimeMs)
        {
            bool isOpen = State == BindingState.Waiting
                || State == BindingState.Fits
                || State == BindingState.Behind;
            return isOpen
                && (_failedUptimeMs == 0 || uptimeMs - _failedUptimeMs >= StoreInterval.RetryMs);
        }

        /// <summary>True if what the draft says beyond the record is to raise the count.</summary>
        public static bool IsCounted(JournalRecord record, JournalRecord draft)
        {
            return draft.SignedPagination > record.SignedPagination
                || draft.ReturnedWh > record.ReturnedWh
                || (draft.Supply.MarkWh > record.Supply.MarkWh
                    && draft.Supply.MarkWh > draft.ImportWhDown);
        }

        /// <summary>Where the counter is: what the first journal of a meter starts from.</summary>
        public bool TryRead(out uint count, ulong uptimeMs)
        {
            count = 0;
            return !IsBound || Note(_counter.Read(out count), State, uptimeMs);
        }

        /// <summary>Compares at boot; a counter that is one behind goes one further.</summary>
        /// <param name="journalled">What the journal says.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public void Compare(uint journalled, ulong uptimeMs)
        {
            if (!Note(_counter.Read(out uint count), BindingState.Waiting, uptimeMs))
            {
                return;
            }

            if (journalled == count)
            {
                State = BindingState.Fits;
            }
            else if (journalled == count + 1)
            {
                Follow(journalled, BindingState.Fits, uptimeMs);
            }
            else
            {
                State = BindingState.Differs;
            }
        }

        /// <summary>Both slots say so: the counter goes there. True if it did.</summary>
        public bool Follow(uint journalled, ulong uptimeMs)
        {
            State = BindingState.Behind;
            return Follow(journalled, BindingState.Bound, uptimeMs);
        }

        private bool Follow(uint journalled, BindingState then, ulong uptimeMs)
        {
            return Note(_counter.CountTo(journalled), then, uptimeMs);
        }

        private bool Note(CounterResult result, BindingState then, ulong uptimeMs)
        {
            switch (result)
            {
                case CounterResult.Done:
                    _failedUptimeMs = 0;
                    State = then;
                    return true;
                case CounterResult.Differs:
                    State = BindingState.Differs;
                    return false;
                case CounterResult.UsedUp:
                    State = BindingState.UsedUp;
                    return false;
                default:
                    _failedUptimeMs = uptimeMs > 0 ? uptimeMs : 1;
                    return false;
            }
        }
    }
}
