using Helios.Metering;
using Helios.Supply;

namespace Helios.Device
{
    /// <summary>
    /// Counts impulses, pulses the coil, feeds the watchdog, looks at the inputs and shows the
    /// status: about once a second, four times while the load switch is closed. Nothing in a turn
    /// waits for flash, a signature or the network.
    /// </summary>
    public sealed class CountingStage : IStage
    {
        /// <summary>Time between two turns while the load switch is open, ms.</summary>
        public const ulong TurnMs = 1000;

        private readonly Meter _meter;
        private readonly BoardIo _io;
        private readonly LoadSwitch _switch;
        private readonly StageLinks _links;
        private readonly RestartSequence _restart;
        private readonly GuardedStage[] _watched;
        private bool _isTamperActive;
        private SwitchEvent _toldEvent;

        /// <param name="meter">What counts.</param>
        /// <param name="io">The board's pins.</param>
        /// <param name="loadSwitch">What the coil is to be.</param>
        /// <param name="links">Trace and orders.</param>
        /// <param name="restart">Knows when a restart is overdue.</param>
        /// <param name="watched">Without their turns the watchdog starves.</param>
        public CountingStage(
            Meter meter,
            BoardIo io,
            LoadSwitch loadSwitch,
            StageLinks links,
            RestartSequence restart,
            GuardedStage[] watched)
        {
            _meter = meter;
            _io = io;
            _switch = loadSwitch;
            _links = links;
            _restart = restart;
            _watched = watched;
        }

        /// <inheritdoc/>
        public ulong Turn(ulong uptimeMs)
        {
            try
            {
                _meter.Count(uptimeMs);
                _links.LastCount.Counted();
                LookAtTamper(uptimeMs);
                TurnSwitch(uptimeMs);
                _links.Button.Look(_io.Button.TakeActive(), uptimeMs);
                _io.Led.Show(uptimeMs);
            }
            finally
            {
                // A thread that throws is no frozen one: the restart that follows waits its time,
                // and the watchdog must not come before it.
                Watch(uptimeMs);
            }

            _restart.EndIfOverdue(uptimeMs);
            return uptimeMs
                + (_switch.State == SwitchState.Open ? TurnMs : SwitchCoil.PulseMs);
        }

        // The decision first: no pulse goes out in the turn that finds the credit used.
        private void TurnSwitch(ulong uptimeMs)
        {
            SwitchEvent happened = _switch.Turn(
                _meter.ImportWhDown,
                _meter.ImportImpulses,
                _meter.AreLinesSound && !_isTamperActive,
                uptimeMs);
            if (happened == SwitchEvent.Closed)
            {
                _io.Coil.Close(uptimeMs);
            }
            else if (_switch.State != SwitchState.Closed)
            {
                _io.Coil.Open();
            }

            Tell(happened, uptimeMs);
            ulong gapMs = _io.Coil.Pulse(uptimeMs);
            if (gapMs > 0)
            {
                _links.Trace.Add(TraceCode.CoilLate, (uint)gapMs, uptimeMs);
                Tell(_switch.LetGo(uptimeMs), uptimeMs);
            }
        }

        private void Tell(SwitchEvent happened, ulong uptimeMs)
        {
            if (happened == SwitchEvent.None)
            {
                return;
            }

            if (happened == SwitchEvent.FlowWhileOpen)
            {
                _meter.AddStatus(ReadingStatus.FlowWhileOpen);
            }

            // A contactor that is welded says so with each impulse.
            if (happened != SwitchEvent.FlowWhileOpen || happened != _toldEvent)
            {
                _links.Trace.Add(TraceCode.Switch, (byte)happened, uptimeMs);
            }

            _toldEvent = happened;
            _links.SigningSignal.Raise();
        }

        private void LookAtTamper(ulong uptimeMs)
        {
            bool isActive = _io.Tamper.TakeActive();
            if (isActive)
            {
                _meter.AddStatus(ReadingStatus.Tamper);
            }

            if (isActive != _isTamperActive)
            {
                _isTamperActive = isActive;
                _links.Trace.Add(TraceCode.Tamper, isActive ? 1U : 0U, uptimeMs);
            }
        }

        // A stage that hangs may hold what the others need: nothing but a restart helps. The
        // watchdog does it if this thread cannot.
        private void Watch(ulong uptimeMs)
        {
            if (_restart.IsEnded)
            {
                // Told to restart and still running.
                return;
            }

            for (int i = 0; i < _watched.Length; i++)
            {
                if (_watched[i].IsLate(uptimeMs))
                {
                    if (_links.Restart.Cause == RestartCause.None)
                    {
                        _links.Trace.Add(TraceCode.Hang, (byte)_watched[i].Name, uptimeMs);
                        _links.Restart.Ask(RestartCause.Hang, uptimeMs);
                    }

                    return;
                }
            }

            _io.Watchdog.Feed();
        }
    }
}
