using Helios.Messaging;
using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// What is said on a connection to the broker while it lasts: readings from the outbox, the
    /// status, the Enrolment, and what asks for being said again. Each connection is a new session.
    /// Used by the network stage.
    /// </summary>
    public sealed class BrokerSupervisor : IReadingSender
    {
        /// <summary>Time between looks at a connection on which nothing happens, ms.</summary>
        public const ulong LookMs = 1000;

        private readonly DeviceConfiguration _configuration;
        private readonly StageLinks _links;
        private readonly OutboxDrain _drain;
        private readonly StatusMessage _status;
        private readonly ulong _heartbeatMs;
        private BrokerSession _session;
        private bool _isOnline;
        private bool _isEnrolmentTold;
        private ulong _statusDueMs;
        private MeterState _statusMeter;

        /// <param name="configuration">Which broker, and how often the status is told.</param>
        /// <param name="links">Outbox, signal, condition.</param>
        public BrokerSupervisor(DeviceConfiguration configuration, StageLinks links)
        {
            _configuration = configuration;
            _links = links;
            _drain = new OutboxDrain(links.Outbox, this);
            _status = new StatusMessage(links);
            _heartbeatMs = configuration.HeartbeatS * 1000UL;
        }

        /// <summary>What the last attempt's refusal said; 0 without one.</summary>
        public byte RefusalCode { get; private set; }

        /// <summary>Makes a connection; there is none. Blocks as the session says.</summary>
        /// <param name="address">The meter's, 20 bytes.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public SessionResult Open(byte[] address, ulong uptimeMs)
        {
            BrokerSession session = new BrokerSession(_configuration, _links, address);
            SessionResult result = session.Open(uptimeMs);
            RefusalCode = session.RefusalCode;
            if (result == SessionResult.Opened)
            {
                _session = session;
                _isOnline = false;
            }

            return result;
        }

        /// <summary>Says what is to be said on the connection, which there is.</summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <param name="attempts">Attempts that the connection took, for the status.</param>
        /// <returns>How it is; anything but Subscribing and Online ends it.</returns>
        public SessionCondition Turn(ulong uptimeMs, byte attempts)
        {
            SessionCondition condition = _session.Look(uptimeMs);
            if (condition != SessionCondition.Online)
            {
                return condition;
            }

            if (!_isOnline || _session.TakeUnpublished())
            {
                _isOnline = true;
                _isEnrolmentTold = false;
                _drain.Connected();
                _statusDueMs = uptimeMs;
            }

            _session.FollowTopics();
            TellStatus(uptimeMs, attempts);
            TellEnrolment();
            _drain.Drain(uptimeMs);
            return condition;
        }

        /// <summary>Ends the connection, if there is one; the broker publishes the will.</summary>
        public void Close()
        {
            if (_session != null)
            {
                _session.Close();
                _session = null;
            }
        }

        /// <inheritdoc/>
        public SendResult Send(byte[] message)
        {
            return _session.Send(message);
        }

        // On each connection, for whoever enrols it: it is retained, and the same until owner or
        // rated power change.
        private void TellEnrolment()
        {
            if (!_isEnrolmentTold)
            {
                _isEnrolmentTold = _session.SendEnrolment(_links.Identity.Enrolment)
                    == SendResult.HandedOver;
            }
        }

        // At each heartbeat, and when the meter begins or ceases to sign. Before the readings, so
        // that a full window does not keep it back.
        private void TellStatus(ulong uptimeMs, byte attempts)
        {
            MeterState meter = _links.Condition.Meter;
            if (uptimeMs < _statusDueMs && meter == _statusMeter)
            {
                return;
            }

            if (_session.SendStatus(_status.Online(uptimeMs, attempts)) == SendResult.HandedOver)
            {
                _statusDueMs = uptimeMs + _heartbeatMs;
                _statusMeter = meter;
            }
        }
    }
}
