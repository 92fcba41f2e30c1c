using System.Collections;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Helios.Boards.Hardware;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// The client of the package: DNS in the constructor, no reconnect, Publish queues without looking
/// at the connection, what is queued is lost at Close without an event, events one by one on a
/// thread of their own. Its threads are steps of the board's time. QoS 2, kept sessions and MQTT 5
/// are not here.
/// </summary>
public partial class MqttClient : IMqttClient, IDisposable
{
    private const int KeepAliveSecondsDefault = 60;
    private const ulong CloseMs = 200;

    private readonly BoardHardware _board = BoardHardware.Current;
    private readonly EventQueue _events;
    private IMqttWire _wire = null!;
    private InflightQueue _inflight = null!;
    private KeepAlive? _keepAlive;
    private ushort _messageId;
    private MqttReasonCode? _connack;
    private bool _isWireLost;
    private bool _isClosing;

    /// <summary>A client without TLS on port 1883.</summary>
    /// <exception cref="SocketException">The name was not found.</exception>
    public MqttClient(string brokerHostName)
        : this(
            brokerHostName,
            MqttSettings.BrokerDefaultPort,
            false,
            null,
            null,
            MqttSslProtocols.None)
    {
    }

    /// <summary>A client; looks the broker's name up, once for its life.</summary>
    /// <exception cref="SocketException">The name was not found.</exception>
    public MqttClient(
        string brokerHostName,
        int brokerPort,
        bool secure,
        X509Certificate? caCert,
        X509Certificate? clientCert,
        MqttSslProtocols sslProtocol)
    {
        _events = new EventQueue(_board.Time, OnConnectionClosing);
        Init(brokerHostName, brokerPort, secure, sslProtocol);
    }

    /// <inheritdoc/>
    public event IMqttClient.MqttMsgPublishEventHandler? MqttMsgPublishReceived;

    /// <inheritdoc/>
    public event IMqttClient.MqttMsgPublishedEventHandler? MqttMsgPublished;

    /// <inheritdoc/>
    public event IMqttClient.MqttMsgSubscribedEventHandler? MqttMsgSubscribed;

    /// <inheritdoc/>
    public event IMqttClient.MqttMsgUnsubscribedEventHandler? MqttMsgUnsubscribed;

    /// <inheritdoc/>
    public event IMqttClient.ConnectionClosedEventHandler? ConnectionClosed;

    /// <inheritdoc/>
    public bool IsConnected { get; private set; }

    /// <summary>The id of the last connection.</summary>
    public string? ClientId { get; private set; }

    /// <summary>Whether the last connection kept nothing.</summary>
    public bool CleanSession { get; private set; }

    /// <summary>Whether the last connection left a will.</summary>
    public bool WillFlag { get; private set; }

    /// <summary>The will's level.</summary>
    public MqttQoSLevel WillQosLevel { get; private set; }

    /// <summary>The will's topic.</summary>
    public string? WillTopic { get; private set; }

    /// <summary>The will's text.</summary>
    public string? WillMessage { get; private set; }

    /// <summary>3.1.1, unless it is set.</summary>
    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.Version_3_1_1;

    /// <summary>Settings of all clients of the board.</summary>
    public MqttSettings Settings { get; } = MqttSettings.Instance;

    /// <inheritdoc/>
    public void Init(
        string brokerHostName,
        int brokerPort,
        bool secure,
        byte[]? caCert,
        byte[]? clientCert,
        MqttSslProtocols sslProtocol) => Init(brokerHostName, brokerPort, secure, sslProtocol);

    /// <summary>Connects with a keep-alive of 60 s and nothing kept.</summary>
    public MqttReasonCode Connect(string clientId) => Connect(clientId, true);

    /// <summary>Connects with a keep-alive of 60 s.</summary>
    public MqttReasonCode Connect(string clientId, bool cleanSession) =>
        Connect(clientId, null, null, cleanSession, KeepAliveSecondsDefault);

    /// <summary>Connects with a password, a keep-alive of 60 s and nothing kept.</summary>
    public MqttReasonCode Connect(string clientId, string? username, string? password) =>
        Connect(clientId, username, password, true, KeepAliveSecondsDefault);

    /// <summary>Connects without a will.</summary>
    public MqttReasonCode Connect(
        string clientId,
        string? username,
        string? password,
        bool cleanSession,
        ushort keepAlivePeriod) => Connect(
            clientId,
            username,
            password,
            false,
            MqttQoSLevel.AtMostOnce,
            false,
            null,
            null,
            cleanSession,
            keepAlivePeriod);

    /// <summary>
    /// Connects. A refusal is returned and leaves the socket open; Close it.
    /// </summary>
    /// <exception cref="MqttConnectionException">TCP or TLS failed.</exception>
    /// <exception cref="MqttCommunicationException">No CONNACK within 30 s.</exception>
    /// <exception cref="MqttClientException">The will is wrong.</exception>
    public MqttReasonCode Connect(
        string clientId,
        string? username,
        string? password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string? willTopic,
        string? willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        var hello = new MqttHello(
            clientId, username, password, cleanSession, keepAlivePeriod,
            ToWill(willRetain, willQosLevel, willFlag, willTopic, willMessage));
        OpenWire();
        var code = AwaitConnack(hello);
        if (code == MqttReasonCode.Success)
        {
            ClientId = clientId;
            CleanSession = cleanSession;
            WillFlag = willFlag;
            WillTopic = willTopic;
            WillMessage = willMessage;
            WillQosLevel = willQosLevel;
            StartWorkers(keepAlivePeriod);
        }

        return code;
    }

    /// <summary>Says goodbye.</summary>
    /// <exception cref="MqttCommunicationException">The connection is already gone.</exception>
    public void Disconnect()
    {
        Send(_wire.SendDisconnect);
        OnConnectionClosing();
    }

    /// <summary>Ends everything; takes 0.2 s of the calling thread.</summary>
    public void Close()
    {
        if (_isClosing)
        {
            return;
        }

        _isClosing = true;
        _inflight.Stop();
        _keepAlive?.Stop();
        _board.Time.Wait(CloseMs, () => false);
        _inflight.Clear();
        _events.Clear();
        _wire.Close();
        IsConnected = false;
        _isClosing = false;
    }

    /// <summary>Ends everything.</summary>
    public void Dispose()
    {
        OnConnectionClosing();
        Close();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        ArgumentNullException.ThrowIfNull(topics);
        var id = NextMessageId();
        _inflight.Add(InflightMessage.Subscribe(id, topics, qosLevels));
        return id;
    }

    /// <inheritdoc/>
    public ushort Unsubscribe(string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        var id = NextMessageId();
        _inflight.Add(InflightMessage.Unsubscribe(id, topics));
        return id;
    }

    /// <inheritdoc/>
    public ushort Publish(string topic, byte[] message) => Publish(topic, message, null);

    /// <inheritdoc/>
    public ushort Publish(string topic, byte[] message, string? contentType) =>
        Publish(topic, message, contentType, null);

    /// <summary>Publishes at QoS 0.</summary>
    public ushort Publish(
        string topic, byte[] message, string? contentType, ArrayList? userProperties) =>
        Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    /// <summary>Queues a message, connected or not.</summary>
    /// <returns>The id that MqttMsgPublished will name.</returns>
    /// <exception cref="MqttClientException">InflightQueueSize is reached.</exception>
    public ushort Publish(
        string topic,
        byte[] message,
        string? contentType,
        ArrayList? userProperties,
        MqttQoSLevel qosLevel,
        bool retain)
    {
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 })
        {
            throw new NotSupportedException();
        }

        var id = NextMessageId();
        _inflight.Add(InflightMessage.Publish(
            id, new MqttPublication(topic, message, (int)qosLevel, retain)));
        return id;
    }
}
