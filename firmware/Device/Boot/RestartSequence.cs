using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// From the order to restart to the restart: the signing stage stores, waits if restarts came
    /// in a row or the supply is down, stores what was counted meanwhile, and restarts. Before
    /// each of the two the counting stage counts once more; what comes later, while the journal
    /// is written and the board starts, no register sees.
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

        /// <summary>Longest wait before a restart after others in a row, ms.</summary>
        public const ulong DelayMsMax = 3600000;

        /// <summary>
        /// Time between two writes for a supply that dips again and again, ms. What is counted
        /// meanwhile a cut may cost anyway.
        /// </summary>
        public const ulong DipMsMin = 60000;

        /// <summary>
        /// Time for the counting stage to count once more, ms. It has the highest priority and
        /// needs one time slice of 20 ms; hold-up is planned with this on top of the writes.
        /// </summary>
        public const ulong CountMsMax = 50;

        // In which a stage that is neither blocked nor hung has a turn.
        private const ulong TurnMsMin = 2000;

        private const ulong StepMs = 1000;

        // 2^12 s are more than an hour.
        private const int DoublingsMax = 12;

        private readonly Meter _meter;
        private readonly StageLinks _links;
        private readonly IPower _power;
        private readonly InputPin _powerFail;
        private byte _restartsInRow;
        private ulong _powerBackUptimeMs;
        private ulong _dipStoredUptimeMs;
        private ulong _overdueUptimeMs;
        private ulong _countUntilMs;
        private bool _isCountAsked;
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

        /// <summary>True once what was counted at the order is stored. Signing stage.</summary>
        public bool IsStored
        {
            get { return _isStored; }
        }

        /// <summary>True once the board was told to restart. Any thread.</summary>
        public bool IsEnded
        {
            get { return _isEnded; }
        }

        /// <summary>The journal was opened. Signing stage.</summary>
        /// <param name="restartsInRow">Restarts in a row after faults or dips.</param>
        public void Opened(byte restartsInRow)
        {
            _restartsInRow = restartsInRow;
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

            ulong dueMs = DueUptimeMs();
            if (_isStored && uptimeMs < dueMs)
            {
                _meter.Keep(uptimeMs);
                return dueMs - uptimeMs < StepMs ? dueMs : uptimeMs + StepMs;
            }

            if (!IsCounted(uptimeMs))
            {
                return _countUntilMs;
            }

            if (!_isStored)
            {
                // Once, even if it throws: what throws once may throw again.
                _isStored = true;
                Store(uptimeMs);
                return uptimeMs;
            }

            StoreAndEnd(uptimeMs);
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

        // Once each time it fails, and not too often: neither a supply that stays low nor one
        // that dips for ever may wear the flash out.
        private void OrderForSupply(ulong uptimeMs)
        {
            _links.Trace.Add(TraceCode.PowerFail, 1, uptimeMs);
            if (_links.Restart.Cause != RestartCause.None
                && uptimeMs - _dipStoredUptimeMs >= DipMsMin)
            {
                // There may be no time for another step.
                _dipStoredUptimeMs = uptimeMs;
                _meter.Store(uptimeMs);
            }

            _links.Restart.Ask(RestartCause.PowerFail, uptimeMs);
        }

        // False while the counting stage is asked to count once more.
        private bool IsCounted(ulong uptimeMs)
        {
            if (!_isCountAsked)
            {
                _isCountAsked = true;
                _countUntilMs = uptimeMs + CountMsMax;
                _links.LastCount.Ask();
                return false;
            }

            _isCountAsked = _links.LastCount.IsPending && uptimeMs < _countUntilMs;
            return !_isCountAsked;
        }

        private void Store(ulong uptimeMs)
        {
            _dipStoredUptimeMs = uptimeMs;
            if (IsFault)
            {
                NoteRestart();
                _meter.Store(uptimeMs);
            }
            else
            {
                _meter.ShutDown(uptimeMs);
            }
        }

        private void StoreAndEnd(ulong uptimeMs)
        {
            try
            {
                // Only now: a supply that really went never comes here.
                if (_links.Restart.Cause == RestartCause.PowerFail)
                {
                    NoteRestart();
                }

                _meter.Store(uptimeMs);
            }
            finally
            {
                End();
            }
        }

        private void NoteRestart()
        {
            int next = _restartsInRow < byte.MaxValue ? _restartsInRow + 1 : byte.MaxValue;
            _meter.NoteFaultRestarts((byte)next);
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
            bool isDelayed = _links.Restart.Cause != RestartCause.Planned;
            ulong dueMs = _links.Restart.AskedUptimeMs + (isDelayed ? DelayMs() : 0);
            dueMs = dueMs > UptimeMsMin ? dueMs : UptimeMsMin;
            return dueMs > _powerBackUptimeMs ? dueMs : _powerBackUptimeMs;
        }

        // 0 the first time, then 1 s, doubled each time.
        private ulong DelayMs()
        {
            if (_restartsInRow == 0)
            {
                return 0;
            }

            int doublings = _restartsInRow - 1 < DoublingsMax ? _restartsInRow - 1 : DoublingsMax;
            ulong delayMs = StepMs << doublings;
            return delayMs < DelayMsMax ? delayMs : DelayMsMax;
        }

        private void End()
        {
            _isEnded = true;
            _power.Restart();
        }
    }
}
