using System;
using Helios.Messaging;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace Helios.Device
{
    /// <summary>
    /// What is asked of the broker on one connection, and what it answers. None of its methods
    /// throws.
    /// <para>
    /// The network stage calls it. The package calls its handlers on a thread of its own; each is
    /// a few assignments, and catches everything, because the package closes the connection on an
    /// exception. A late event of a session that is gone touches that session only.
    /// </para>
    /// </summary>
    public sealed class BrokerSession : IReadingSender
    {
        /// <summary>Publications that wait for the broker at a time.</summary>
        public const int InflightMax = 8;

        /// <summary>
        /// Time without any answer to what was asked, after which the connection is given up, ms:
        /// as long as the package waits for a CONNACK.
        /// </summary>
        public const ulong SilenceMsMax = 30000;

        // Never reached from here: a full queue would drop acknowledgements that come in, and each
        // refused Publish leaves its id in the package until the connection ends.
        private const int QueueSize = 2 * InflightMax;

        private readonly object _lock = new object();
        private readonly InflightWindow _window = new InflightWindow(InflightMax);
        private readonly BrokerClient _client;
        private readonly StageLinks _links;
        private readonly string _readingTopic;
        private readonly string _statusTopic;
        private readonly string _enrolmentTopic;
        private readonly string _acknowledgementTopic;
        private string[] _supplyTopics;
        private ulong _uptimeMs;
        private ulong _askedMs;
        private bool _isUnanswered;
        private bool _isEnded;
        private bool _isSubscribed;
        private bool _isSubscriptionRefused;
        private bool _isUnpublished;

        /// <param name="configuration">Which broker, and how.</param>
        /// <param name="links">Outbox and signal.</param>
        /// <param name="address">The meter's, 20 bytes.</param>
        public BrokerSession(DeviceConfiguration configuration, StageLinks links, byte[] address)
        {
            _client = new BrokerClient(configuration, address);
            _links = links;
            _readingTopic = Topics.Build(TopicKind.Reading, address);
            _statusTopic = Topics.Build(TopicKind.Status, address);
            _enrolmentTopic = Topics.Build(TopicKind.Enrolment, address);
            _acknowledgementTopic = Topics.Build(TopicKind.Acknowledgement, address);
        }

        /// <summary>What the broker answered to CONNECT; 0 unless Refused.</summary>
        public byte RefusalCode
        {
            get { return _client.RefusalCode; }
        }

        /// <summary>
        /// Connects and subscribes; once. May block every thread of the device for as long as the
        /// look-up, TCP and TLS want, and this one for 30 s more.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public SessionResult Open(ulong uptimeMs)
        {
            _uptimeMs = uptimeMs;
            SessionResult result = TryOpen();
            if (result != SessionResult.Opened)
            {
                Close();
            }

            return result;
        }

        /// <summary>
        /// Ends it without a word, so that the broker publishes the will. Takes some 0.2 s, at the
        /// most about 2 s, while the other threads run.
        /// </summary>
        public void Close()
        {
            lock (_lock)
            {
                _isEnded = true;
            }

            _client.Close();
        }

        /// <summary>How it is now.</summary>
        public SessionCondition Look(ulong uptimeMs)
        {
            lock (_lock)
            {
                _uptimeMs = uptimeMs;
                if (_isEnded || !_client.Package.IsConnected)
                {
                    return SessionCondition.Ended;
                }

                if (_isSubscriptionRefused)
                {
                    return SessionCondition.SubscriptionRefused;
                }

                if (_isUnanswered && uptimeMs - _askedMs >= SilenceMsMax)
                {
                    return SessionCondition.Silent;
                }

                return _isSubscribed ? SessionCondition.Online : SessionCondition.Subscribing;
            }
        }

        /// <summary>
        /// True once for any number of publications that the broker did not acknowledge: they are
        /// to be sent again.
        /// </summary>
        public bool TakeUnpublished()
        {
            lock (_lock)
            {
                bool isUnpublished = _isUnpublished;
                _isUnpublished = false;
                return isUnpublished;
            }
        }

        /// <summary>
        /// Subscribes anew if the topics of supply have changed; what is retained comes again.
        /// </summary>
        public void FollowTopics()
        {
            if (_supplyTopics != _links.Inbox.Topics && !TrySubscribe())
            {
                lock (_lock)
                {
                    _isEnded = true;
                }
            }
        }

        /// <inheritdoc/>
        public SendResult Send(byte[] message)
        {
            // The package keeps the array until the broker acknowledges it.
            byte[] copy = new byte[message.Length];
            Array.Copy(message, 0, copy, 0, message.Length);
            return Publish(_readingTopic, copy, isRetained: false);
        }

        /// <summary>Publishes a status message, retained.</summary>
        /// <param name="message">Kept until it is acknowledged, so never changed again.</param>
        public SendResult SendStatus(byte[] message)
        {
            return Publish(_statusTopic, message, isRetained: true);
        }

        /// <summary>Publishes what the meter signed to be enrolled, retained.</summary>
        /// <param name="message">Never changed again.</param>
        public SendResult SendEnrolment(byte[] message)
        {
            return Publish(_enrolmentTopic, message, isRetained: true);
        }

        private SessionResult TryOpen()
        {
            SessionResult result = _client.LookUp();
            if (result == SessionResult.Opened)
            {
                Listen(_client.Package);
                result = _client.Connect();
            }

            if (result == SessionResult.Opened && !TrySubscribe())
            {
                result = SessionResult.Failed;
            }

            return result;
        }

        private void Listen(MqttClient package)
        {
            package.Settings.InflightQueueSize = QueueSize;
            package.MqttMsgPublishReceived += OnReceived;
            package.MqttMsgPublished += OnPublished;
            package.MqttMsgSubscribed += OnSubscribed;
            package.ConnectionClosed += OnClosed;
        }

        // The answer's first word decides: a broker may know a meter that has no supply.
        private bool TrySubscribe()
        {
            lock (_lock)
            {
                Asked();
            }

            string[] supplyTopics = _links.Inbox.Topics;
            int count = 1 + supplyTopics.Length;
            string[] topics = new string[count];
            MqttQoSLevel[] levels = new MqttQoSLevel[count];
            topics[0] = _acknowledgementTopic;
            levels[0] = MqttQoSLevel.AtLeastOnce;
            for (int i = 1; i < count; i++)
            {
                topics[i] = supplyTopics[i - 1];
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            try
            {
                _client.Package.Subscribe(topics, levels);
                _supplyTopics = supplyTopics;
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private SendResult Publish(string topic, byte[] message, bool isRetained)
        {
            // Under the lock, so that the answer finds the id in the window. The package's Publish
            // only queues.
            lock (_lock)
            {
                if (_isEnded || !_window.HasRoom(_uptimeMs))
                {
                    return SendResult.Refused;
                }

                Asked();
                try
                {
                    ushort id = _client.Package.Publish(
                        topic, message, null, null, MqttQoSLevel.AtLeastOnce, isRetained);
                    _window.Add(id, _uptimeMs);
                    return SendResult.HandedOver;
                }
                catch (Exception)
                {
                    return SendResult.Refused;
                }
            }
        }

        private void OnReceived(object sender, MqttMsgPublishEventArgs e)
        {
            try
            {
                if (string.Equals(e.Topic, _acknowledgementTopic)
                    && AcknowledgementCodec.Decode(e.Message, out Acknowledgement said)
                        == CodecResult.Done)
                {
                    _links.Outbox.Acknowledge(said.StoredPagination);
                }
                else
                {
                    _links.Inbox.Add(e.Topic, e.Message);
                }

                Answered();
            }
            catch (Exception)
            {
                // The relay acknowledges again.
            }
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            try
            {
                lock (_lock)
                {
                    _window.Remove(e.MessageId);
                    _isUnpublished |= !e.IsPublished;
                    _isUnanswered &= !e.IsPublished;
                }

                _links.NetworkSignal.Raise();
            }
            catch (Exception)
            {
                // The window forgets by itself.
            }
        }

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            try
            {
                lock (_lock)
                {
                    _isSubscribed = e.GrantedQoSLevels[0] != MqttQoSLevel.GrantedFailure;
                    _isSubscriptionRefused = !_isSubscribed;
                }

                Answered();
            }
            catch (Exception)
            {
                // Not subscribed: the silence ends the session.
            }
        }

        private void OnClosed(object sender, EventArgs e)
        {
            try
            {
                lock (_lock)
                {
                    _isEnded = true;
                }

                _links.NetworkSignal.Raise();
            }
            catch (Exception)
            {
                // The client says itself that it is not connected.
            }
        }

        // The broker is to answer this; what was asked before and not answered counts on.
        private void Asked()
        {
            if (!_isUnanswered)
            {
                _isUnanswered = true;
                _askedMs = _uptimeMs;
            }
        }

        private void Answered()
        {
            lock (_lock)
            {
                _isUnanswered = false;
            }

            _links.NetworkSignal.Raise();
        }
    }
}
