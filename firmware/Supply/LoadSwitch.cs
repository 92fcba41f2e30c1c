namespace Helios.Supply
{
    /// <summary>
    /// The decision whether the load switch is closed, between the counting thread that carries
    /// it out and the signing thread that permits it. It closes only under a permit, which names
    /// the import up to which it holds; whatever opens it ends the permit. The lock is held for a
    /// few assignments.
    /// </summary>
    public sealed class LoadSwitch
    {
        /// <summary>
        /// From the last pulse of the coil until no energy flows any more, ms: 1.88 s of the pump
        /// and 20 ms of the contactor at the most (boards/README.md), and the pulse of the kWh
        /// meter that ends after.
        /// </summary>
        public const ulong LagMs = 2000;

        /// <summary>Time for which it stays open for a call that may block, ms.</summary>
        public const ulong HeldOpenMs = 10000;

        // From the answer "may block" to the call: a turn of a thread that others keep waiting.
        private const ulong WaitMs = 5000;

        private const ulong WattMsPerWh = 3600000;

        private readonly object _lock = new object();
        private readonly ulong _blockedWh;
        private SwitchState _state = SwitchState.Open;
        private bool _isStarted;
        private bool _isPermitted;
        private bool _isOpeningUnstored = true;
        private ulong _limitWh;
        private ulong _importWh;
        private ulong _openImpulses;
        private ulong _openedUptimeMs;
        private ulong _faultUptimeMs;

        /// <param name="maxPowerW">Rated power, W.</param>
        public LoadSwitch(uint maxPowerW)
        {
            _blockedWh = FlowWhUp(maxPowerW, LagMs + WaitMs);
        }

        /// <summary>What may flow until it is open, Wh.</summary>
        /// <param name="maxPowerW">Rated power, W.</param>
        public static ulong LagWhOf(uint maxPowerW)
        {
            return FlowWhUp(maxPowerW, LagMs);
        }

        /// <summary>Where it is. Any thread.</summary>
        public SwitchState State
        {
            get
            {
                lock (_lock)
                {
                    return _state;
                }
            }
        }

        /// <summary>
        /// True if a call that stops every thread may start now: the switch is open or opens, or
        /// what is left of the permit outlasts the time in which the coil lets go. Any thread.
        /// </summary>
        public bool MayBlock
        {
            get
            {
                lock (_lock)
                {
                    return _state != SwitchState.Closed || _limitWh > _importWh + _blockedWh;
                }
            }
        }

        /// <summary>
        /// Uptime at which a fault was there last, ms; 0 without one. Any thread.
        /// </summary>
        public ulong FaultUptimeMs
        {
            get
            {
                lock (_lock)
                {
                    return _faultUptimeMs;
                }
            }
        }

        /// <summary>
        /// Signing thread, once: the journal is open, so import is the meter's whole. Before, it
        /// says nothing and stays open. The boot before may have had it closed a moment ago.
        /// </summary>
        public void Start(ulong uptimeMs)
        {
            lock (_lock)
            {
                _isStarted = true;
                _state = SwitchState.Opening;
                _openedUptimeMs = uptimeMs;
            }
        }

        /// <summary>
        /// Counting thread, in each turn after counting: what the coil is to be.
        /// </summary>
        /// <param name="importWh">Import now, Wh.</param>
        /// <param name="importImpulses">The same in impulses.</param>
        /// <param name="isSound">False opens it at once: a line, the lid, the coil.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <returns>What this turn found or did.</returns>
        public SwitchEvent Turn(
            ulong importWh, ulong importImpulses, bool isSound, ulong uptimeMs)
        {
            lock (_lock)
            {
                _importWh = importWh;
                if (!isSound)
                {
                    _faultUptimeMs = uptimeMs;
                }

                if (!_isStarted)
                {
                    return SwitchEvent.None;
                }

                switch (_state)
                {
                    case SwitchState.Closed:
                        return TurnClosed(isSound, uptimeMs);
                    case SwitchState.Opening:
                        return TurnOpening(importImpulses, uptimeMs);
                    default:
                        return TurnOpen(importImpulses, isSound, uptimeMs);
                }
            }
        }

        /// <summary>
        /// Signing thread: it may be closed up to this import, which stands as the mark in both
        /// slots. Only an open switch whose opening was stored takes a permit; a closed one takes
        /// a higher limit.
        /// </summary>
        public void Permit(ulong limitWh)
        {
            lock (_lock)
            {
                bool isStored = _state == SwitchState.Open && !_isOpeningUnstored;
                if (isStored || _state == SwitchState.Closed)
                {
                    _isPermitted = true;
                    _limitWh = limitWh;
                }
            }
        }

        /// <summary>Any thread: it is to open, and to stay open until permitted anew.</summary>
        public void Withdraw()
        {
            lock (_lock)
            {
                _isPermitted = false;
            }
        }

        /// <summary>
        /// Signing thread: true once it was opened, the lag is over, and everything that flowed
        /// is counted. True until <see cref="OpeningStored"/>.
        /// </summary>
        public bool IsOpeningToStore
        {
            get
            {
                lock (_lock)
                {
                    return _state == SwitchState.Open && _isOpeningUnstored;
                }
            }
        }

        /// <summary>Signing thread: import and mark = import stand in both slots.</summary>
        public void OpeningStored()
        {
            lock (_lock)
            {
                _isOpeningUnstored = false;
            }
        }

        /// <summary>
        /// Counting thread: the coil was pulsed too late and let go by itself.
        /// </summary>
        public SwitchEvent LetGo(ulong uptimeMs)
        {
            lock (_lock)
            {
                _faultUptimeMs = uptimeMs;
                return TurnClosed(false, uptimeMs);
            }
        }

        // Never less than what can flow.
        private static ulong FlowWhUp(uint maxPowerW, ulong timeMs)
        {
            return (maxPowerW * timeMs + WattMsPerWh - 1) / WattMsPerWh;
        }

        private SwitchEvent TurnClosed(bool isSound, ulong uptimeMs)
        {
            if (isSound && _isPermitted && _importWh < _limitWh)
            {
                return SwitchEvent.None;
            }

            SwitchEvent why = SwitchEvent.OpenedByFault;
            if (isSound)
            {
                why = _isPermitted ? SwitchEvent.OpenedAtLimit : SwitchEvent.OpenedByOrder;
            }

            _state = SwitchState.Opening;
            _isPermitted = false;
            _isOpeningUnstored = true;
            _openedUptimeMs = uptimeMs;
            return why;
        }

        private SwitchEvent TurnOpening(ulong importImpulses, ulong uptimeMs)
        {
            if (uptimeMs - _openedUptimeMs < LagMs)
            {
                return SwitchEvent.None;
            }

            _state = SwitchState.Open;
            _openImpulses = importImpulses;
            return SwitchEvent.Settled;
        }

        private SwitchEvent TurnOpen(ulong importImpulses, bool isSound, ulong uptimeMs)
        {
            if (importImpulses > _openImpulses)
            {
                _faultUptimeMs = uptimeMs;
                _openImpulses = importImpulses;
                return SwitchEvent.FlowWhileOpen;
            }

            if (!isSound || !_isPermitted || _importWh >= _limitWh)
            {
                return SwitchEvent.None;
            }

            _state = SwitchState.Closed;
            return SwitchEvent.Closed;
        }
    }
}
