// nanoFramework.M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core, managed only
using System;
using System.Collections;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt
{
    public interface IMqttClient
    {
        bool IsConnected { get; }
        event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;
        event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;
        event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;
        event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;
        event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;
        void Init(
            string brokerHostName, int brokerPort, bool secure, byte[] caCert, byte[] clientCert,
            MqttSslProtocols sslProtocol);
        MqttReasonCode Connect(
            string clientId, string username, string password, bool willRetain,
            MqttQoSLevel willQosLevel, bool willFlag, string willTopic, string willMessage,
            bool cleanSession, ushort keepAlivePeriod);
        void Disconnect();
        ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels);
        ushort Unsubscribe(string[] topics);
        ushort Publish(
            string topic, byte[] message, string contentType, ArrayList userProperties,
            MqttQoSLevel qosLevel, bool retain);
        ushort Publish(string topic, byte[] message, string contentType);
        ushort Publish(string topic, byte[] message);
        void Close();
        public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);
        public delegate void MqttMsgPublishedEventHandler(
            object sender, MqttMsgPublishedEventArgs e);
        public delegate void MqttMsgSubscribedEventHandler(
            object sender, MqttMsgSubscribedEventArgs e);
        public delegate void MqttMsgUnsubscribedEventHandler(
            object sender, MqttMsgUnsubscribedEventArgs e);
        public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);
    }

    public enum MqttSslProtocols
    {
        None = 0,
        SSLv3 = 1,
        TLSv1_0 = 2,
        TLSv1_1 = 3,
        TLSv1_2 = 4,
        TLSv1_3 = 5,
    }
}

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgPublishedEventArgs : EventArgs
    {
        public extern MqttMsgPublishedEventArgs(ushort messageId);
        public extern MqttMsgPublishedEventArgs(ushort messageId, bool isPublished);
        public extern ushort MessageId { get; set; }
        public extern bool IsPublished { get; set; }
    }

    public class MqttMsgPublishEventArgs : EventArgs
    {
        public extern MqttMsgPublishEventArgs(
            string topic, byte[] message, bool dupFlag, MqttQoSLevel qosLevel, bool retain);
        public extern string Topic { get; }
        public extern byte[] Message { get; }
        public extern bool DupFlag { get; }
        public extern MqttQoSLevel QosLevel { get; }
        public extern bool Retain { get; }
    }

    public class MqttMsgSubscribedEventArgs : EventArgs
    {
        public extern MqttMsgSubscribedEventArgs(
            ushort messageId, MqttQoSLevel[] grantedQosLevels);
        public extern ushort MessageId { get; }
        public extern MqttQoSLevel[] GrantedQoSLevels { get; }
    }

    public class MqttMsgUnsubscribedEventArgs : EventArgs
    {
        public extern MqttMsgUnsubscribedEventArgs(ushort messageId);
        public extern ushort MessageId { get; }
    }

    public enum MqttQoSLevel
    {
        AtMostOnce = 0,
        AtLeastOnce = 1,
        ExactlyOnce = 2,
        GrantedFailure = 128,
    }

    public enum MqttReasonCode
    {
        Success = 0,
        NormalDisconnection = 0,
        GrantedQoS0 = 0,
        GrantedQoS1 = 1,
        GrantedQoS2 = 2,
        DisconnectWithWillMessage = 4,
        NoMatchingSubscribers = 16,
        NoSubscriptionExisted = 17,
        ContinueAuthentication = 24,
        ReAuthenticate = 25,
        UnspecifiedError = 128,
        MalformedPacket = 129,
        ProtocolError = 130,
        ImplementationSpecificError = 131,
        UnsupportedProtocolVersion = 132,
        ClientIdentifierNotValid = 133,
        BadUserNameOrPassword = 134,
        NotAuthorized = 135,
        ServerUnavailable = 136,
        ServerBusy = 137,
        Banned = 138,
        ServeShuttingDown = 139,
        BadAuthenticationMethod = 140,
        KeepAliveTimeout = 141,
        SessionTakenOver = 142,
        TopicFilterInvalid = 143,
        TopicNameInvalid = 144,
        PacketIdentifierInUse = 145,
        PacketIdentifierNotFound = 146,
        ReceiveMaximumExceeded = 147,
        TopicAliasInvalid = 148,
        PacketTooLarge = 149,
        MessageRateTooHigh = 150,
        QuotaExceeded = 151,
        AdministrativeAction = 152,
        PayloadFormatInvalid = 153,
        RetainNotSupported = 154,
        QoSNotSupported = 155,
        UseAnotherServer = 156,
        ServerMoved = 157,
        SharedSubscriptionsNotSupported = 158,
        ConnectionRateExceeded = 159,
        MaximumConnectTime = 160,
        SubscriptionIdentifiersNotSupported = 161,
        WildcardSubscriptionsNotSupported = 162,
        ConnectionRefusedUnacceptableProtocolVersion = 1,
        ConnectionRefusedIdentifierRejected = 2,
        ConnectionRefusedServerUnavailable = 3,
        ConnectionRefusedBadUserNameOrPassword = 4,
        ConnectionRefusedNotAuthorized = 5,
    }

    public class UserProperty
    {
        public extern UserProperty(string name, string value);
        public extern string Name { get; set; }
        public extern string Value { get; set; }
    }
}
