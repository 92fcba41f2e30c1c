using System.Collections;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>An MQTT client.</summary>
public interface IMqttClient
{
    /// <summary>A message came.</summary>
    delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    /// <summary>A message was acknowledged, or given up.</summary>
    delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    /// <summary>A subscription was answered.</summary>
    delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

    /// <summary>The end of a subscription was answered.</summary>
    delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

    /// <summary>The connection ended.</summary>
    delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    /// <summary>A message came.</summary>
    event MqttMsgPublishEventHandler MqttMsgPublishReceived;

    /// <summary>A message was acknowledged, or given up.</summary>
    event MqttMsgPublishedEventHandler MqttMsgPublished;

    /// <summary>A subscription was answered.</summary>
    event MqttMsgSubscribedEventHandler MqttMsgSubscribed;

    /// <summary>The end of a subscription was answered.</summary>
    event MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

    /// <summary>The connection ended.</summary>
    event ConnectionClosedEventHandler ConnectionClosed;

    /// <summary>True after CONNACK, for as long as nobody noticed the end.</summary>
    bool IsConnected { get; }

    /// <summary>Looks the broker up.</summary>
    void Init(
        string brokerHostName,
        int brokerPort,
        bool secure,
        byte[]? caCert,
        byte[]? clientCert,
        MqttSslProtocols sslProtocol);

    /// <summary>Connects.</summary>
    MqttReasonCode Connect(
        string clientId,
        string? username,
        string? password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string? willTopic,
        string? willMessage,
        bool cleanSession,
        ushort keepAlivePeriod);

    /// <summary>Says goodbye.</summary>
    void Disconnect();

    /// <summary>Asks for topics.</summary>
    ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels);

    /// <summary>Asks for topics no longer.</summary>
    ushort Unsubscribe(string[] topics);

    /// <summary>Publishes.</summary>
    ushort Publish(
        string topic,
        byte[] message,
        string? contentType,
        ArrayList? userProperties,
        MqttQoSLevel qosLevel,
        bool retain);

    /// <summary>Publishes at QoS 0.</summary>
    ushort Publish(string topic, byte[] message, string? contentType);

    /// <summary>Publishes at QoS 0.</summary>
    ushort Publish(string topic, byte[] message);

    /// <summary>Ends everything at once.</summary>
    void Close();
}
