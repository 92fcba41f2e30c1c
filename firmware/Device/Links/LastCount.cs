namespace Helios.Device
{
    /// <summary>
    /// Asks the counting stage to count at once, before the signing stage stores for a restart:
    /// what came since its last turn would be in no journal. Neither side waits for the other:
    /// each call is a few assignments under a lock.
    /// </summary>
    public sealed class LastCount
    {
        private readonly object _lock = new object();
        private readonly IWakeSignal _counting;
        private readonly IWakeSignal _signing;
        private bool _isPending;

        /// <param name="counting">Wakes the stage that counts.</param>
        /// <param name="signing">Wakes the stage that stores.</param>
        public LastCount(IWakeSignal counting, IWakeSignal signing)
        {
            _counting = counting;
            _signing = signing;
        }

        /// <summary>True from <see cref="Ask"/> until it is counted.</summary>
        public bool IsPending
        {
            get
            {
                lock (_lock)
                {
                    return _isPending;
                }
            }
        }

        /// <summary>Signing stage: asks.</summary>
        public void Ask()
        {
            lock (_lock)
            {
                _isPending = true;
            }

            _counting.Raise();
        }

        /// <summary>Counting stage, after each count.</summary>
        public void Counted()
        {
            lock (_lock)
            {
                if (!_isPending)
                {
                    return;
                }

                _isPending = false;
            }

            _signing.Raise();
        }
    }
}
