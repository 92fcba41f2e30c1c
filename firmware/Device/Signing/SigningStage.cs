using Helios.Messaging;
using Helios.Metering;
using Helios.Supply;

namespace Helios.Device
{
    /// <summary>
    /// Owns the journal and the key. Opens the journal, writes it when it is time or asked for,
    /// tests itself, makes or loads the key, enrols, and signs what is due: one long step a turn.
    /// May wait for flash and for its own arithmetic, never for the network.
    /// </summary>
    public sealed class SigningStage : IStage
    {
        private const ulong TurnMs = 1000;

        // Turns in which files that cannot be read are read again.
        private const int OpeningsMax = 10;

        // For the switch to open and its opening to be stored before a planned restart.
        private const ulong RestMsMax = 5000;

        // Files that cannot be read for longer, and a key that does not sign, are tried so often.
        private const ulong RetryMs = 60000;

        // A configuration that could not be read is read again by the next boot.
        private const ulong RereadMs = 3600000;

        // An hour without a fault is a new start.
        private const ulong SoundMs = 3600000;

        private readonly DeviceConfiguration _configuration;
        private readonly bool _isConfigurationUnread;
        private readonly IFlash _flash;
        private readonly IConsole _console;
        private readonly Meter _meter;
        private readonly StageLinks _links;
        private readonly RestartSequence _restart;
        private readonly IMeterKey _key;
        private readonly SignerStart _start;
        private readonly LoadSwitch _switch;
        private readonly SupplyDesk _supply;
        private int _openings;
        private bool _isOpen;
        private bool _areSlotsReadable;
        private bool _isStoreFailing;
        private bool _isSupplyTold;
        private ulong _findKeyUptimeMs;
        private ulong _publishUptimeMs;
        private string _told;

        /// <param name="platform">Flash, console, HMAC, entropy, radio.</param>
        /// <param name="configuration">Null without a sound one.</param>
        /// <param name="isConfigurationUnread">True if a later boot may find one.</param>
        /// <param name="meter">Counting already.</param>
        /// <param name="loadSwitch">Permitted here, moved by the counting stage.</param>
        /// <param name="links">What the other stages ask and tell.</param>
        /// <param name="restart">What is done once a restart is ordered.</param>
        /// <param name="key">The meter's key.</param>
        public SigningStage(
            Platform platform,
            DeviceConfiguration configuration,
            bool isConfigurationUnread,
            Meter meter,
            LoadSwitch loadSwitch,
            StageLinks links,
            RestartSequence restart,
            IMeterKey key)
        {
            _configuration = configuration;
            _isConfigurationUnread = isConfigurationUnread;
            _flash = platform.Flash;
            _console = platform.Console;
            _meter = meter;
            _links = links;
            _restart = restart;
            _key = key;
            _start = new SignerStart(platform, configuration, meter, links, _key);
            _switch = loadSwitch;
            _supply = configuration == null
                ? null
                : new SupplyDesk(platform, configuration, meter, loadSwitch, links);
        }

        /// <inheritdoc/>
        public ulong Turn(ulong uptimeMs)
        {
            if (!_isOpen)
            {
                // Before any order is obeyed: without its journal the meter has nowhere to store
                // what it counted.
                if (TryOpen(uptimeMs))
                {
                    return uptimeMs;
                }

                return uptimeMs + (_openings < OpeningsMax ? TurnMs : RetryMs);
            }

            if (_restart.IsOrdered(uptimeMs))
            {
                _links.Condition.Meter = _meter.State;
                if (!IsSwitchAtRest(uptimeMs))
                {
                    Keep(uptimeMs);
                    return uptimeMs + SwitchCoil.PulseMs;
                }

                ulong nextMs = _restart.Turn(uptimeMs);
                TellSupply();
                return nextMs;
            }

            Keep(uptimeMs);
            FindKey(uptimeMs);
            bool isMoreDue = Work(uptimeMs);
            TellState();
            return isMoreDue ? uptimeMs : uptimeMs + TurnMs;
        }

        // Failed reads must not cost the meter its key or its journal. What is counted until the
        // journal is open is put on top of it.
        private bool TryOpen(ulong uptimeMs)
        {
            _openings = _openings < OpeningsMax ? _openings + 1 : OpeningsMax;
            KeyResult key = _key.Load();
            _areSlotsReadable = SlotFiles.AreReadable(_flash);
            if (_openings < OpeningsMax
                && (key == KeyResult.StorageFailed || !_areSlotsReadable))
            {
                return false;
            }

            // One slot is enough. Without any, what the other one holds is waited for.
            MeterState state = _meter.Open(key == KeyResult.Found, uptimeMs);
            _isOpen = _meter.Record != null || _areSlotsReadable;
            if (_isOpen)
            {
                Opened(state, uptimeMs);
            }

            TellState();
            return _isOpen;
        }

        private void Opened(MeterState state, ulong uptimeMs)
        {
            JournalRecord record = _meter.Record;
            byte faultRestarts = record == null ? (byte)0 : record.FaultRestarts;
            byte failedAttempts = record == null ? (byte)0 : record.FailedAttempts;
            _restart.Opened(faultRestarts);
            _links.Store.Open(failedAttempts);
            _links.Trace.Add(TraceCode.Started, faultRestarts, uptimeMs);
            _links.Trace.Add(TraceCode.Opened, (byte)state, uptimeMs);
            if (state == MeterState.ConfigurationDiffers)
            {
                MeterSentence.WriteDifferences(
                    _console, _configuration.Meter, _configuration.IsKeyInElement, record);
            }
        }

        // A key whose files could not be read when the journal was opened.
        private void FindKey(ulong uptimeMs)
        {
            if (_meter.State != MeterState.KeyLost
                || _key.State != KeyResult.StorageFailed
                || uptimeMs < _findKeyUptimeMs)
            {
                return;
            }

            _findKeyUptimeMs = uptimeMs + RetryMs;
            if (_key.Load() == KeyResult.Found)
            {
                _meter.FindKey(uptimeMs);
            }
        }

        private void Keep(ulong uptimeMs)
        {
            if (uptimeMs >= SoundMs)
            {
                _meter.NoteFaultRestarts(0);
                _restart.Opened(0);
            }

            _meter.NoteFailedAttempts(_links.Store.FailedAttempts);
            AppendResult result = _meter.Keep(uptimeMs);
            if (_links.Store.TryTake())
            {
                result = _meter.Store(uptimeMs);
                LetBlock(uptimeMs);
            }

            bool isFailing = result == AppendResult.StorageFailed;
            if (isFailing && !_isStoreFailing)
            {
                _links.Trace.Add(TraceCode.StoreFailed, (byte)result, uptimeMs);
            }

            _isStoreFailing = isFailing;
        }

        // While closed, a call that may block starts only with credit for the time in which the
        // coil lets go. While open, it stays open until the call has begun.
        private void LetBlock(ulong uptimeMs)
        {
            bool mayBlock = _switch.MayBlock;
            if (_supply != null && (!mayBlock || _switch.State != SwitchState.Closed))
            {
                _supply.HoldOpen(uptimeMs);
            }

            if (mayBlock)
            {
                _links.Store.Finish();
            }
        }

        // In good health there is time to open the switch first and to store all that flowed; so
        // there is once a supply that dips has let all be stored.
        private bool IsSwitchAtRest(ulong uptimeMs)
        {
            if (_supply == null)
            {
                return true;
            }

            _supply.Stop();
            RestartCause cause = _links.Restart.Cause;
            bool hasTime = cause == RestartCause.Planned
                || (cause == RestartCause.PowerFail && _restart.IsStored);
            if (!hasTime
                || _supply.IsAtRest
                || uptimeMs - _links.Restart.AskedUptimeMs >= RestMsMax)
            {
                return true;
            }

            _supply.Turn(uptimeMs);
            return _supply.IsAtRest;
        }

        // True if there is more to do at once.
        private bool Work(ulong uptimeMs)
        {
            if (_configuration == null)
            {
                if (_isConfigurationUnread && uptimeMs >= RereadMs)
                {
                    _links.Restart.Ask(RestartCause.Planned, uptimeMs);
                }

                return false;
            }

            if (_start.Publisher == null)
            {
                return _start.Step(uptimeMs);
            }

            _key.StirOnce();
            _supply.Turn(uptimeMs);
            return uptimeMs >= _publishUptimeMs && Publish(uptimeMs);
        }

        private bool Publish(ulong uptimeMs)
        {
            PublishResult result = _start.Publisher.Publish(_links.Clock.At(uptimeMs));
            if (result == PublishResult.SigningFailed)
            {
                // Each attempt takes a pagination and two writes.
                _publishUptimeMs = uptimeMs + RetryMs;
            }

            if (result != PublishResult.Published)
            {
                return false;
            }

            _links.NetworkSignal.Raise();
            return true;
        }

        private void TellState()
        {
            MeterState state = _meter.State;
            _links.Condition.Meter = state;
            string sentence = _isOpen
                ? MeterSentence.Of(state, _key.State, _key.Assurance, _areSlotsReadable)
                : MeterSentence.Unreadable;
            if (string.Equals(sentence, _told))
            {
                return;
            }

            _told = sentence;
            if (sentence != null)
            {
                _console.WriteLine(sentence);
            }
        }

        // After everything is stored: there may be no time left for a sentence.
        private void TellSupply()
        {
            if (!_isSupplyTold
                && _restart.IsStored
                && _links.Restart.Cause == RestartCause.PowerFail)
            {
                _isSupplyTold = true;
                _console.WriteLine(MeterSentence.SupplyFailed);
            }
        }
    }
}
