using System;
using Helios.Messaging;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Helios.Device
{
    /// <summary>
    /// A client of the MQTT package from the broker's name to CONNACK, for one connection: the
    /// package looks the name up in the client's constructor only, and a client whose closing
    /// failed closes nothing again. None of its methods throws. Network stage only.
    /// </summary>
    internal sealed class BrokerClient
    {
        /// <summary>
        /// Keep-alive, s: the package notices a dead connection within twice this, the broker
        /// publishes the will after one and a half.
        /// </summary>
        public const ushort KeepAliveS = 60;

        private readonly DeviceConfiguration _configuration;
        private readonly string _clientId;
        private readonly string _statusTopic;

        /// <param name="configuration">Which broker, and how.</param>
        /// <param name="address">The meter's, 20 bytes.</param>
        public BrokerClient(DeviceConfiguration configuration, byte[] address)
        {
            _configuration = configuration;
            _clientId = Topics.ToHex(address);
            _statusTopic = Topics.Build(TopicKind.Status, address);
        }

        /// <summary>The package's client; null until the name was looked up.</summary>
        public MqttClient Package { get; private set; }

        /// <summary>What the broker answered to CONNECT; 0 unless Refused.</summary>
        public byte RefusalCode { get; private set; }

        /// <summary>Looks the broker's name up; once. May block every thread.</summary>
        /// <returns>Opened if it has an address.</returns>
        public SessionResult LookUp()
        {
            try
            {
                // TLS 1.2 by name: the package's None means 1.3 alone. Without a certificate here
                // the server is checked against the board's own store.
                Package = new MqttClient(
                    _configuration.Broker,
                    _configuration.BrokerPort,
                    _configuration.IsBrokerTls,
                    null,
                    null,
                    _configuration.IsBrokerTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
                return SessionResult.Opened;
            }
            catch (OutOfMemoryException)
            {
                return SessionResult.Failed;
            }
            catch (Exception)
            {
                // Besides memory only Dns.GetHostEntry fails there: a SocketException, an
                // IndexOutOfRangeException for a name with IPv6 addresses alone, an Exception for
                // one with none (M2Mqtt 5.1.220, MqttClient.Init, MqttNetworkChannel).
                return SessionResult.NameUnknown;
            }
        }

        /// <summary>
        /// Connects, with the will that the meter is offline; once, after the look-up. May block
        /// every thread, and this one for 30 s more.
        /// </summary>
        public SessionResult Connect()
        {
            try
            {
                MqttReasonCode code = Package.Connect(
                    _clientId,
                    null,
                    null,
                    true,
                    MqttQoSLevel.AtLeastOnce,
                    true,
                    _statusTopic,
                    StatusMessage.Offline,
                    true,
                    KeepAliveS);
                if (code == MqttReasonCode.Success)
                {
                    return SessionResult.Opened;
                }

                RefusalCode = (byte)code;
                return SessionResult.Refused;
            }
            catch (MqttConnectionException)
            {
                return SessionResult.Unreachable;
            }
            catch (MqttCommunicationException)
            {
                return SessionResult.Mute;
            }
            catch (Exception)
            {
                return SessionResult.Failed;
            }
        }

        /// <summary>
        /// Ends it without a word, so that the broker publishes the will. Takes some 0.2 s, at the
        /// most about 2 s, while the other threads run.
        /// </summary>
        public void Close()
        {
            try
            {
                Package?.Close();
            }
            catch (Exception)
            {
                // It is not used again, whatever is left of it.
            }
        }
    }
}
