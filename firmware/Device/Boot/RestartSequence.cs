using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// From the order to restart to the restart: the signing stage stores, waits if faults came in
    /// a row or the supply is down, stores what was counted meanwhile, and restarts.
    /// </summary>
    public sealed class RestartSequence
    {
        /// <summary>
        /// Time for the signing stage to obey before another one restarts without it, ms. What it
        /// had no time to store is what a power cut would cost.
        /// </summary>
        public const ulong AnswerMsMax = 10000;

        /// <summary>Time for which the supply must be back, ms.</summary>
        public const ulong PowerStableMs = 2000;

        /// <summary>
        /// No restart before this uptime, ms: bounds a loop that the journal knows nothing of.
        /// </summary>
        public const ulong UptimeMsMin = 10000;

        /// <summary>Longest wait before a restart after faults in a row, ms.</summary>
        public const ulong FaultDelayMsMax = 3600000;

        // In which a stage that is neither blocked nor hung has a turn.
        private const ulong TurnMsMin = 2000;

        private const ulong StepMs = 1000;

        // 2^12 s are more than an hour.
        private const int DoublingsMax = 12;

        private readonly Meter _meter;
        private readonly StageLinks _links;
        private readonly IPower _power;
        private readonly InputPin _powerFail;
        private byte _faultRestarts;
        private ulong _powerBackUptimeMs;
        private ulong _overdueUptimeMs;
        private bool _isSupplyDown;
        private bool _isStored;
        private bool _isEnded;

        /// <param name="meter">What is stored.</param>
        /// <param name="links">The order.</param>
        /// <param name="power">Restarts.</param>
        /// <param name="powerFail">The supply's pin.</param>
        public RestartSequence(Meter meter, StageLinks links, IPower power, InputPin powerFail)
        {
            _meter = meter;
            _links = links;
            _power = power;
            _powerFail = powerFail;
        }

        /// <summary>The journal was opened. Signing stage.</summary>
        /// <param name="faultRestarts">Restarts in a row after faults.</param>
        public void Opened(byte faultRestarts)
        {
            _faultRestarts = faultRestarts;
        }

        /// <summary>True if a restart is ordered, or the supply fails. Signing stage.</summary>
        public bool IsOrdered(ulong uptimeMs)
        {
            bool wasDown = _isSupplyDown;
            _isSupplyDown = _powerFail.TakeActive();
            if (_isSupplyDown)
            {
                _powerBackUptimeMs = uptimeMs + PowerStableMs;
                if (!wasDown)
                {
                    OrderForSupply(uptimeMs);
                }
            }

            return _links.Restart.Cause != RestartCause.None;
        }

        /// <summary>One step. Signing stage, after <see cref="IsOrdered"/>.</summary>
        /// <returns>Uptime in ms of the next step.</returns>
        public ulong Turn(ulong uptimeMs)
        {
            if (_isEnded)
            {
                return GuardedStage.Never;
            }

            if (!_isStored)
            {
                // Once, even if it throws: what throws once may throw again.
                _isStored = true;
                Store(uptimeMs);
            }

            ulong due = DueUptimeMs();
            if (uptimeMs < due)
            {
                _meter.Keep(uptimeMs);
                return due - uptimeMs < StepMs ? due : uptimeMs + StepMs;
            }

            try
            {
                _meter.Store(uptimeMs);
            }
            finally
            {
                End();
            }

            return GuardedStage.Never;
        }

        /// <summary>
        /// Restarts at once if the signing stage did not obey in time. Any stage but that.
        /// </summary>
        public void EndIfOverdue(ulong uptimeMs)
        {
            RestartCause cause = _links.Restart.Cause;
            if (cause == RestartCause.None
                || cause == RestartCause.PowerFail
                || _isEnded
                || uptimeMs <= DueUptimeMs() + AnswerMsMax)
            {
                return;
            }

            // A call that blocks every thread may have taken that time: whoever looks first after
            // it lets the signing stage have its turn.
            if (_overdueUptimeMs == 0)
            {
                _overdueUptimeMs = uptimeMs;
            }
            else if (uptimeMs - _overdueUptimeMs >= TurnMsMin)
            {
                End();
            }
        }

        // Once each time it fails: a supply that stays low must not wear the flash out.
        private void OrderForSupply(ulong uptimeMs)
        {
            _links.Trace.Add(TraceCode.PowerFail, 1, uptimeMs);
            if (_links.Restart.Cause != RestartCause.None)
            {
                // There may be no time for another step.
                _meter.Store(uptimeMs);
            }

            _links.Restart.Ask(RestartCause.PowerFail, uptimeMs);
        }

        private void Store(ulong uptimeMs)
        {
            if (IsFault)
            {
                int next = _faultRestarts < byte.MaxValue ? _faultRestarts + 1 : byte.MaxValue;
                _meter.NoteFaultRestarts((byte)next);
                _meter.Store(uptimeMs);
            }
            else
            {
                _meter.ShutDown(uptimeMs);
            }
        }

        private bool IsFault
        {
            get
            {
                return _links.Restart.Cause == RestartCause.Fault
                    || _links.Restart.Cause == RestartCause.Hang;
            }
        }

        private ulong DueUptimeMs()
        {
            ulong due = _links.Restart.AskedUptimeMs + (IsFault ? FaultDelayMs() : 0);
            due = due > UptimeMsMin ? due : UptimeMsMin;
            return due > _powerBackUptimeMs ? due : _powerBackUptimeMs;
        }

        // 0 after the first fault, then 1 s, doubled each time.
        private ulong FaultDelayMs()
        {
            if (_faultRestarts == 0)
            {
                return 0;
            }

            int doublings = _faultRestarts - 1 < DoublingsMax ? _faultRestarts - 1 : DoublingsMax;
            ulong delayMs = StepMs << doublings;
            return delayMs < FaultDelayMsMax ? delayMs : FaultDelayMsMax;
        }

        private void End()
        {
            _isEnded = true;
            _power.Restart();
        }
    }
}
