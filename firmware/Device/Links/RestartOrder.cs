namespace Helios.Device
{
    /// <summary>
    /// The order to store and restart, from any stage to the signing stage. The first one counts.
    /// </summary>
    public sealed class RestartOrder
    {
        private readonly object _lock = new object();
        private readonly IWakeSignal _signing;
        private RestartCause _cause = RestartCause.None;
        private ulong _askedUptimeMs;

        /// <param name="signing">Wakes the stage that obeys.</param>
        public RestartOrder(IWakeSignal signing)
        {
            _signing = signing;
        }

        /// <summary>Why; None while there is no order.</summary>
        public RestartCause Cause
        {
            get
            {
                lock (_lock)
                {
                    return _cause;
                }
            }
        }

        /// <summary>Uptime of the order, ms; 0 without one.</summary>
        public ulong AskedUptimeMs
        {
            get
            {
                lock (_lock)
                {
                    return _askedUptimeMs;
                }
            }
        }

        /// <summary>
        /// Orders it. Any stage; returns at once. Wakes the signing stage once only: it asks
        /// itself in every turn while the supply is down, and would never rest.
        /// </summary>
        public void Ask(RestartCause cause, ulong uptimeMs)
        {
            lock (_lock)
            {
                if (_cause != RestartCause.None)
                {
                    return;
                }

                _cause = cause;
                _askedUptimeMs = uptimeMs;
            }

            _signing.Raise();
        }
    }
}
