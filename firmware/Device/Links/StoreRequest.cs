namespace Helios.Device
{
    /// <summary>
    /// Asks the signing stage to write the journal, and to see to the load switch, before
    /// something blocks, and tells when that is done. Neither side waits for the other: each call
    /// is a few assignments under a lock.
    /// </summary>
    public sealed class StoreRequest
    {
        private readonly object _lock = new object();
        private readonly IWakeSignal _signing;
        private readonly IWakeSignal _network;
        private byte _failedAttempts;
        private bool _isOpen;
        private bool _isAsked;
        private bool _isTaken;

        /// <param name="signing">Wakes the stage that writes.</param>
        /// <param name="network">Wakes the stage that asked.</param>
        public StoreRequest(IWakeSignal signing, IWakeSignal network)
        {
            _signing = signing;
            _network = network;
        }

        /// <summary>
        /// True once the journal was opened, or found to be none. Before that
        /// <see cref="FailedAttempts"/> is not known.
        /// </summary>
        public bool IsOpen
        {
            get
            {
                lock (_lock)
                {
                    return _isOpen;
                }
            }
        }

        /// <summary>Failed attempts in a row, as the journal holds or will hold them.</summary>
        public byte FailedAttempts
        {
            get
            {
                lock (_lock)
                {
                    return _failedAttempts;
                }
            }
        }

        /// <summary>
        /// True when everything counted before the last <see cref="Ask"/> is written, or could
        /// not be: a meter whose storage fails says so elsewhere, and stays reachable.
        /// </summary>
        public bool IsDone
        {
            get
            {
                lock (_lock)
                {
                    return !_isAsked && !_isTaken;
                }
            }
        }

        /// <summary>Network stage: asks. The stage is woken when it is done.</summary>
        /// <param name="failedAttempts">
        /// Attempts that failed in a row, the one that is to come among them, so that a restart
        /// in its midst goes on with the back-off.
        /// </param>
        public void Ask(byte failedAttempts)
        {
            lock (_lock)
            {
                _failedAttempts = failedAttempts;
                _isAsked = true;
            }

            _signing.Raise();
        }

        /// <summary>
        /// Network stage: no attempt has failed any more. Not worth a write of its own.
        /// </summary>
        public void Forget()
        {
            lock (_lock)
            {
                _failedAttempts = 0;
            }
        }

        /// <summary>Signing stage, once: the journal was opened.</summary>
        /// <param name="failedAttempts">What it holds; 0 without a journal.</param>
        public void Open(byte failedAttempts)
        {
            lock (_lock)
            {
                _failedAttempts = failedAttempts;
                _isOpen = true;
            }

            _network.Raise();
        }

        /// <summary>
        /// Signing stage: takes the request, if there is one, or the one that it did not finish.
        /// </summary>
        public bool TryTake()
        {
            lock (_lock)
            {
                _isTaken |= _isAsked;
                _isAsked = false;
                return _isTaken;
            }
        }

        /// <summary>Signing stage: what was taken is written.</summary>
        public void Finish()
        {
            lock (_lock)
            {
                _isTaken = false;
            }

            _network.Raise();
        }
    }
}
