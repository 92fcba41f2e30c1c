using Helios.Metering;
using Helios.Signing;

namespace Helios.Supply
{
    /// <summary>
    /// What the signing thread does for supply in each of its turns: stores what flowed once the
    /// switch has opened, gives energy back, writes the next mark, and permits the switch to be
    /// closed. Nothing is permitted that does not stand in both slots of the journal first.
    /// </summary>
    public sealed class SupplyKeeper
    {
        private const ulong WhPerKwh = 1000;

        private readonly Meter _meter;
        private readonly LoadSwitch _switch;
        private readonly CreditBlock _block;
        private readonly ulong _lowCreditWh;
        private readonly ulong _lagWh;
        private readonly SupplyRecord _draft = new SupplyRecord();
        private bool _isStarted;
        private bool _isStopped;
        private bool _wasPermitted;
        private bool _isHandAsked;
        private bool _isReturnAsked;
        private bool _isReturnOfAll;
        private ulong _returnLevelWh;
        private uint _returnNumber;
        private ulong _startedUptimeMs;
        private ulong _closeDelayMs;
        private ulong _heldOpenUptimeMs;

        /// <param name="meter">Counts and keeps the journal.</param>
        /// <param name="loadSwitch">Carried out by the counting thread.</param>
        /// <param name="configuration">Rated power and coin.</param>
        /// <param name="lowCreditWh">The rest from which on it warns, Wh.</param>
        public SupplyKeeper(
            Meter meter,
            LoadSwitch loadSwitch,
            MeterConfiguration configuration,
            ulong lowCreditWh)
        {
            _meter = meter;
            _switch = loadSwitch;
            _block = new CreditBlock(configuration.MaxPowerW, configuration.WhPerCoin);
            _lowCreditWh = lowCreditWh;
            _lagWh = LoadSwitch.LagWhOf(configuration.MaxPowerW) + ImpulseWh(configuration);
        }

        /// <summary>True once <see cref="Start"/> found or adopted controllers.</summary>
        public bool HasSupply
        {
            get { return _isStarted; }
        }

        /// <summary>
        /// True if the switch is open and nothing of it is left to be stored: before a planned
        /// restart.
        /// </summary>
        public bool IsAtRest
        {
            get
            {
                return !_isStarted
                    || (_switch.State == SwitchState.Open
                        && !_switch.IsOpeningToStore
                        && !_wasPermitted);
            }
        }

        /// <summary>
        /// The journal is open, the self-test passed, the meter is enrolled. Without controllers,
        /// neither journalled nor given, there is no supply.
        /// </summary>
        /// <param name="first">
        /// The set of provisioning, number 0, or null. It counts only while the journal has none:
        /// from then on controllers are replaced by controllers alone.
        /// </param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <param name="closeDelayMs">
        /// 10,000 to 60,000, random, so that a street does not close at once after a blackout.
        /// </param>
        public SupplyResult Start(ControllerSet first, ulong uptimeMs, ulong closeDelayMs)
        {
            _meter.CopySupplyTo(_draft);
            if (_draft.ControllerCount == 0)
            {
                if (first == null || first.Check() != ControllerSetCheck.Sound)
                {
                    return SupplyResult.NotReady;
                }

                ControllerRules.Replace(_draft, first);
                if (_meter.StoreSupply(_draft, uptimeMs) != AppendResult.Stored)
                {
                    return SupplyResult.StorageFailed;
                }
            }

            _isStarted = true;
            _startedUptimeMs = uptimeMs;
            _closeDelayMs = closeDelayMs;
            _switch.Start(uptimeMs);
            return SupplyResult.Taken;
        }

        /// <summary>One step. To be called every second or so.</summary>
        public void Turn(ulong uptimeMs)
        {
            if (!_isStarted)
            {
                return;
            }

            // Asked before the registers are read: what flowed until the switch was open is in
            // them then.
            bool isOpeningToStore = _switch.IsOpeningToStore;
            bool isOpen = _switch.State == SwitchState.Open;
            ulong importWh = Read();
            if (isOpeningToStore && !TryStoreOpening(importWh, uptimeMs))
            {
                return;
            }

            if (_isReturnAsked && isOpen && !TryReturn(importWh, uptimeMs))
            {
                return;
            }

            if (_isHandAsked)
            {
                StoreHand(true, _draft.RequestNumber, uptimeMs);
            }

            Permit(importWh, uptimeMs);
            TellStatus(importWh);
        }

        /// <summary>Gives back what is authorised: the button.</summary>
        public void AskReturn()
        {
            _isReturnAsked = true;
            _isReturnOfAll = true;
            _switch.Withdraw();
        }

        /// <summary>Gives back what is open up to a level: the owner's request.</summary>
        /// <param name="levelWh">Checked, Wh.</param>
        /// <param name="number">Stored together with what is given back.</param>
        public void AskReturn(ulong levelWh, uint number)
        {
            _isReturnAsked = true;
            _returnLevelWh = levelWh > _returnLevelWh ? levelWh : _returnLevelWh;
            _returnNumber = number > _returnNumber ? number : _returnNumber;
            _switch.Withdraw();
        }

        /// <summary>The button that opens the switch by hand, and releases it again.</summary>
        public AppendResult ToggleHand(ulong uptimeMs)
        {
            Read();
            bool isOpened = _draft.IsOpenedByHand || _isHandAsked;
            return StoreHand(!isOpened, _draft.RequestNumber, uptimeMs);
        }

        /// <summary>Opens the switch by hand, or releases it.</summary>
        /// <param name="isOpened">True to open it.</param>
        /// <param name="number">Stored in the same write.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public AppendResult SetHand(bool isOpened, uint number, ulong uptimeMs)
        {
            Read();
            return StoreHand(isOpened, number, uptimeMs);
        }

        /// <summary>
        /// Opens the switch for a while, since a call that stops every thread is to be made and
        /// too little credit is left to make it while closed.
        /// </summary>
        public void HoldOpen(ulong uptimeMs)
        {
            _heldOpenUptimeMs = uptimeMs;
            _switch.Withdraw();
        }

        /// <summary>
        /// Opens the switch and permits nothing more: before a restart. Of the block of credit
        /// only what may flow until it is open counts as used from now on.
        /// </summary>
        public void Stop()
        {
            _isStopped = true;
            _switch.Withdraw();
            if (_isStarted)
            {
                _meter.LimitMark(_lagWh);
            }
        }

        private ulong Read()
        {
            _meter.CopySupplyTo(_draft);
            return _meter.Record.ImportWhDown;
        }

        private bool TryStoreOpening(ulong importWh, ulong uptimeMs)
        {
            // At boot it was open all the time: there is nothing to say.
            if (_wasPermitted || _draft.MarkWh > importWh)
            {
                _draft.MarkWh = importWh;
                _draft.IsImportDue = true;
                if (_meter.StoreSupply(_draft, uptimeMs) != AppendResult.Stored)
                {
                    return false;
                }
            }

            _wasPermitted = false;
            _switch.OpeningStored();
            return true;
        }

        private bool TryReturn(ulong importWh, ulong uptimeMs)
        {
            if (_isReturnOfAll)
            {
                RequestRules.Return(_draft, _draft.AuthorisedWh, importWh);
            }

            RequestRules.Return(_draft, _returnLevelWh, importWh);
            if (_returnNumber > _draft.RequestNumber)
            {
                _draft.RequestNumber = _returnNumber;
            }

            _draft.MarkWh = importWh;
            _draft.IsImportDue = true;
            if (_meter.StoreSupply(_draft, uptimeMs) != AppendResult.Stored)
            {
                return false;
            }

            _isReturnAsked = false;
            _isReturnOfAll = false;
            _returnLevelWh = 0;
            _returnNumber = 0;
            return true;
        }

        private void Permit(ulong importWh, ulong uptimeMs)
        {
            if (!MayClose(uptimeMs))
            {
                _switch.Withdraw();
                TryStoreUnused(importWh, uptimeMs);
                return;
            }

            ulong markWh = _block.NextMarkWh(_draft, importWh);
            if (markWh > _draft.MarkWh)
            {
                _draft.MarkWh = markWh;
                if (_meter.StoreSupply(_draft, uptimeMs) != AppendResult.Stored)
                {
                    _switch.Withdraw();
                    return;
                }
            }

            _wasPermitted |= markWh > importWh;
            _switch.Permit(markWh);
        }

        // A permit that ended before the switch closed: nothing flowed, and a restart is not to
        // cost what the mark says.
        private void TryStoreUnused(ulong importWh, ulong uptimeMs)
        {
            if (!_wasPermitted
                || _switch.State != SwitchState.Open
                || _switch.IsOpeningToStore)
            {
                return;
            }

            _draft.MarkWh = importWh;
            if (_meter.StoreSupply(_draft, uptimeMs) == AppendResult.Stored)
            {
                _wasPermitted = false;
            }
        }

        private bool MayClose(ulong uptimeMs)
        {
            ulong calmMs = _switch.FaultUptimeMs;
            calmMs = calmMs > _startedUptimeMs ? calmMs : _startedUptimeMs;
            bool isHeldOpen = _heldOpenUptimeMs > 0
                && uptimeMs - _heldOpenUptimeMs < LoadSwitch.HeldOpenMs;
            return _meter.State == MeterState.Ready
                && !_draft.IsOpenedByHand
                && !_isHandAsked
                && !_isReturnAsked
                && !isHeldOpen
                && !_isStopped
                && uptimeMs >= calmMs + _closeDelayMs;
        }

        // Open it stays even if that cannot be stored yet: it is tried in each turn.
        private AppendResult StoreHand(bool isOpened, uint number, ulong uptimeMs)
        {
            _isHandAsked = isOpened;
            if (isOpened)
            {
                _switch.Withdraw();
            }

            _draft.IsOpenedByHand = isOpened;
            _draft.RequestNumber = number;
            AppendResult result = _meter.StoreSupply(_draft, uptimeMs);
            _isHandAsked &= result != AppendResult.Stored;
            return result;
        }

        private static ulong ImpulseWh(MeterConfiguration configuration)
        {
            return (WhPerKwh + configuration.ImpulsesPerKwh - 1) / configuration.ImpulsesPerKwh;
        }

        private void TellStatus(ulong importWh)
        {
            ushort status = 0;
            if (_switch.State == SwitchState.Closed)
            {
                status |= ReadingStatus.SwitchClosed;
            }

            if (OrderRules.RestWh(_draft, importWh) <= _lowCreditWh)
            {
                status |= ReadingStatus.LowCredit;
            }

            _meter.SetStateStatus(status);
        }
    }
}
