// nanoFramework.M2Mqtt 5.1.220: nanoFramework.M2Mqtt, managed only
using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt
{
    public class MqttClient : IMqttClient, IDisposable
    {
        public extern MqttClient(string brokerHostName);
        public extern MqttClient(
            string brokerHostName, int brokerPort, bool secure, X509Certificate caCert,
            X509Certificate clientCert, MqttSslProtocols sslProtocol);
        public extern bool IsConnected { get; }
        public extern string ClientId { get; }
        public extern bool CleanSession { get; }
        public extern bool WillFlag { get; }
        public extern MqttQoSLevel WillQosLevel { get; }
        public extern string WillTopic { get; }
        public extern string WillMessage { get; }
        public extern MqttProtocolVersion ProtocolVersion { get; set; }
        public extern MqttSettings Settings { get; }
        public extern event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;
        public extern event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;
        public extern event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;
        public extern event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;
        public extern event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;
        public extern void Init(
            string brokerHostName, int brokerPort, bool secure, byte[] caCert, byte[] clientCert,
            MqttSslProtocols sslProtocol);
        public extern MqttReasonCode Connect(string clientId);
        public extern MqttReasonCode Connect(string clientId, bool cleanSession);
        public extern MqttReasonCode Connect(string clientId, string username, string password);
        public extern MqttReasonCode Connect(
            string clientId, string username, string password, bool cleanSession,
            ushort keepAlivePeriod);
        public extern MqttReasonCode Connect(
            string clientId, string username, string password, bool willRetain,
            MqttQoSLevel willQosLevel, bool willFlag, string willTopic, string willMessage,
            bool cleanSession, ushort keepAlivePeriod);
        public extern void Disconnect();
        public extern void Close();
        public extern void Dispose();
        public extern ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels);
        public extern ushort Unsubscribe(string[] topics);
        public extern ushort Publish(string topic, byte[] message);
        public extern ushort Publish(string topic, byte[] message, string contentType);
        public extern ushort Publish(
            string topic, byte[] message, string contentType, ArrayList userProperties);
        public extern ushort Publish(
            string topic, byte[] message, string contentType, ArrayList userProperties,
            MqttQoSLevel qosLevel, bool retain);
    }

    public class MqttSettings
    {
        internal extern MqttSettings();
        public const int BrokerDefaultPort = 1883;
        public const int BrokerDefaultSslPort = 8883;
        public const int DefaultTimeout = 30000;
        public const int MaximumAttemptsRetry = 3;
        public const int DefaultDelayRetry = 1000;
        public const int ConnectTimeout = 30000;
        public const int DefaultInflightQueueSize = 2147483647;
        public extern int Port { get; }
        public extern int SslPort { get; }
        public extern int TimeoutOnConnection { get; }
        public extern int TimeoutOnReceiving { get; }
        public extern int AttemptsOnRetry { get; }
        public extern int DelayOnRetry { get; }
        public extern int InflightQueueSize { get; set; }
        public extern bool ValidateServerCertificate { get; set; }
        public static extern MqttSettings Instance { get; }
    }

    public enum MqttProtocolVersion
    {
        Version_3_1 = 3,
        Version_3_1_1 = 4,
        Version_5 = 5,
    }
}

namespace nanoFramework.M2Mqtt.Exceptions
{
    public class MqttClientException : Exception
    {
        public extern MqttClientException(MqttClientErrorCode errorCode);
        public extern MqttClientErrorCode ErrorCode { get; set; }
    }

    public enum MqttClientErrorCode
    {
        WillWrong = 1,
        KeepAliveWrong = 2,
        TopicWildcard = 3,
        TopicLength = 4,
        QosNotAllowed = 5,
        TopicsEmpty = 6,
        QosLevelsEmpty = 7,
        TopicsQosLevelsNotMatch = 8,
        WrongBrokerMessage = 9,
        WrongMessageId = 10,
        InflightQueueFull = 11,
        InvalidFlagBits = 12,
        InvalidConnectFlags = 13,
        InvalidClientId = 14,
        InvalidProtocolName = 15,
    }

    public class MqttCommunicationException : Exception
    {
        public extern MqttCommunicationException();
        public extern MqttCommunicationException(Exception e);
    }

    public class MqttConnectionException : Exception
    {
        public extern MqttConnectionException(string message, Exception innerException);
    }

    public class MqttTimeoutException : Exception
    {
        public extern MqttTimeoutException();
    }
}
