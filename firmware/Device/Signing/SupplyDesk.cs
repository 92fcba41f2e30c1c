using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using Helios.Supply;

namespace Helios.Device
{
    /// <summary>
    /// Supply within the signing stage: what came in is decoded, judged and traced, one message a
    /// turn, while the meter may store it; the button is obeyed; the keeper has its turn. Does
    /// nothing before the meter is enrolled, and little without controllers.
    /// </summary>
    public sealed class SupplyDesk
    {
        // 10 to 60 s after the start, so that a street does not close at once after a blackout.
        private const ulong CloseDelayMsMin = 10000;
        private const ulong CloseDelayMsSpan = 50001;

        private readonly DeviceConfiguration _configuration;
        private readonly Meter _meter;
        private readonly StageLinks _links;
        private readonly IEntropy _entropy;
        private readonly SupplyKeeper _keeper;
        private readonly SupplyIntake _intake;
        private byte[] _address;
        private TraceCode _toldCode;
        private SupplyResult _told;
        private ulong _toldAuthorisedWh;

        /// <param name="platform">Random bytes.</param>
        /// <param name="configuration">Controllers and warning.</param>
        /// <param name="meter">Opened before the first turn.</param>
        /// <param name="loadSwitch">Carried out by the counting stage.</param>
        /// <param name="links">Inbox, button, trace.</param>
        public SupplyDesk(
            Platform platform,
            DeviceConfiguration configuration,
            Meter meter,
            LoadSwitch loadSwitch,
            StageLinks links)
        {
            _configuration = configuration;
            _meter = meter;
            _links = links;
            _entropy = platform.Entropy;
            MeterConfiguration fixedOnes = configuration.Meter;
            _keeper = new SupplyKeeper(meter, loadSwitch, fixedOnes, configuration.LowCreditWh);
            _intake = new SupplyIntake(
                meter, _keeper, new Eip712Domain(fixedOnes.ChainId, fixedOnes.VerifyingContract));
        }

        /// <summary>True if the switch is open and all that flowed is stored.</summary>
        public bool IsAtRest
        {
            get { return _keeper.IsAtRest; }
        }

        /// <summary>One step, once the meter is enrolled under its address.</summary>
        public void Turn(ulong uptimeMs)
        {
            if (_links.Identity.Address == null || _meter.Record == null)
            {
                return;
            }

            if (_address == null)
            {
                _address = _links.Identity.Address;
                Start(uptimeMs);
            }

            _keeper.Turn(uptimeMs);
            ObeyButton(uptimeMs);
            TakeMessage(uptimeMs);
            _links.Condition.RequestNumber = _meter.Record.RequestNumber;
        }

        /// <summary>
        /// A call that stops every thread is to be made: the switch opens for it, unless enough
        /// credit is left.
        /// </summary>
        public void HoldOpen(ulong uptimeMs)
        {
            _keeper.HoldOpen(uptimeMs);
        }

        /// <summary>The switch opens and stays open: before a restart.</summary>
        public void Stop()
        {
            _keeper.Stop();
        }

        private void Start(ulong uptimeMs)
        {
            byte[] random = new byte[4];
            _entropy.Fill(random);
            ulong delayMs = CloseDelayMsMin + BigEndian.Read(random, 0, 4) % CloseDelayMsSpan;
            byte[][] controllers = _configuration.Controllers;
            ControllerSet first = controllers.Length == 0
                ? null
                : new ControllerSet(0, _configuration.ControllerThreshold, controllers);
            SupplyResult result = _keeper.Start(first, uptimeMs, delayMs);
            if (result == SupplyResult.StorageFailed)
            {
                // Tried again: a meter with a switch must not forget that it has one.
                _address = null;
                return;
            }

            Subscribe();
        }

        // Without controllers the owner can still ask for a reading.
        private void Subscribe()
        {
            SupplyRecord record = new SupplyRecord();
            _meter.CopySupplyTo(record);
            int count = record.ControllerCount;
            string[] topics = new string[count == 0 ? 1 : count + 2];
            topics[0] = Topics.Build(TopicKind.Request, _address);
            byte[] controller = new byte[AddressBytes.Length];
            for (int place = 0; place < count; place++)
            {
                record.CopyControllerTo(place, controller);
                topics[place + 1] = Topics.BuildOrder(_address, controller);
            }

            if (count > 0)
            {
                topics[count + 1] = Topics.BuildControllers(
                    _address, record.ControllersNumber + 1);
            }

            _links.Inbox.Topics = topics;
        }

        private void ObeyButton(ulong uptimeMs)
        {
            ButtonPress press = _links.Button.Take();
            if (press == ButtonPress.None || !_keeper.HasSupply)
            {
                return;
            }

            _links.Trace.Add(TraceCode.Button, press == ButtonPress.Held ? 1U : 0U, uptimeMs);
            if (press == ButtonPress.Held)
            {
                _keeper.AskReturn();
            }
            else
            {
                _keeper.ToggleHand(uptimeMs);
            }
        }

        // Nothing is taken that could not be stored: an order is published again in an hour, a
        // request never. If the message's own write fails, the state says so until a later write
        // succeeds, which is tried once a minute: no signature is checked again before that.
        private void TakeMessage(ulong uptimeMs)
        {
            if (_meter.State != MeterState.Ready
                || !_links.Inbox.TryTake(out string topic, out byte[] message))
            {
                return;
            }

            if (Judge(topic, message, uptimeMs) == SupplyResult.StorageFailed)
            {
                _links.Inbox.PutBack(topic, message);
                return;
            }

            _links.SigningSignal.Raise();
        }

        private SupplyResult Judge(string topic, byte[] message, ulong uptimeMs)
        {
            SupplyResult result;
            switch (Topics.Parse(topic, out _))
            {
                case TopicKind.Order:
                    result = TakeOrder(topic, message, uptimeMs);
                    Trace(TraceCode.Order, result, uptimeMs);
                    TraceAuthorised(uptimeMs);
                    return result;
                case TopicKind.Controllers:
                    result = TakeSet(topic, message, uptimeMs);
                    Trace(TraceCode.Controllers, result, uptimeMs);
                    return result;
                case TopicKind.Request:
                    result = TakeRequest(message, uptimeMs);
                    Trace(TraceCode.Request, result, uptimeMs);
                    return result;
                default:
                    return SupplyResult.Malformed;
            }
        }

        private SupplyResult TakeOrder(string topic, byte[] message, ulong uptimeMs)
        {
            return SupplyOrderCodec.Decode(
                message, _address, out SupplyOrder order, out byte[] signature) == CodecResult.Done
                    ? _intake.TakeOrder(Topics.ControllerOf(topic), order, signature, uptimeMs)
                    : SupplyResult.Malformed;
        }

        private SupplyResult TakeSet(string topic, byte[] message, ulong uptimeMs)
        {
            if (ControllerSetCodec.Decode(
                message,
                Topics.NumberOf(topic),
                out ControllerSet next,
                out byte[][] signatures) != CodecResult.Done)
            {
                return SupplyResult.Malformed;
            }

            SupplyResult result = _intake.TakeControllers(next, signatures, uptimeMs);
            if (result == SupplyResult.Taken)
            {
                Subscribe();
            }

            return result;
        }

        private SupplyResult TakeRequest(byte[] message, ulong uptimeMs)
        {
            return OwnerRequestCodec.Decode(
                message, _address, out OwnerRequest request, out byte[] signature)
                    == CodecResult.Done
                        ? _intake.TakeRequest(request, signature, uptimeMs)
                        : SupplyResult.Malformed;
        }

        // The same refusal again and again must not push everything else out of the trace.
        private void Trace(TraceCode code, SupplyResult result, ulong uptimeMs)
        {
            if (code != _toldCode || result != _told || result == SupplyResult.Taken)
            {
                _toldCode = code;
                _told = result;
                _links.Trace.Add(code, (byte)result, uptimeMs);
            }
        }

        private void TraceAuthorised(ulong uptimeMs)
        {
            ulong authorisedWh = _meter.Record.AuthorisedWh;
            if (authorisedWh != _toldAuthorisedWh)
            {
                _toldAuthorisedWh = authorisedWh;
                _links.Trace.Add(TraceCode.Authorised, (uint)(authorisedWh / 1000), uptimeMs);
            }
        }
    }
}
