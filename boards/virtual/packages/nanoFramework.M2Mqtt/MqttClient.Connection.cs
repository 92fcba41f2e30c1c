using System.Net.Sockets;
using System.Text;
using Helios.Boards.Hardware;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

// How a connection begins and ends, and what becomes of what comes in.
public partial class MqttClient : IMqttReceiver
{
    void IMqttReceiver.Connected(int returnCode) => _connack = (MqttReasonCode)returnCode;

    void IMqttReceiver.PublishAcknowledged(ushort id)
    {
        if (_inflight.Answered(id) is not null)
        {
            _events.Add(() => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(id)));
        }
    }

    void IMqttReceiver.SubscribeAcknowledged(ushort id, byte[] qosLevels)
    {
        if (_inflight.Answered(id) is not null)
        {
            var levels = Array.ConvertAll(qosLevels, level => (MqttQoSLevel)level);
            _events.Add(() =>
                MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(id, levels)));
        }
    }

    void IMqttReceiver.UnsubscribeAcknowledged(ushort id)
    {
        if (_inflight.Answered(id) is not null)
        {
            _events.Add(() =>
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(id)));
        }
    }

    void IMqttReceiver.PingAnswered() => _keepAlive?.Answered();

    void IMqttReceiver.Received(MqttPublication publication) => _events.Add(() =>
        MqttMsgPublishReceived?.Invoke(
            this,
            new MqttMsgPublishEventArgs(
                publication.Topic,
                publication.Payload,
                publication.IsRepeated,
                (MqttQoSLevel)publication.Qos,
                publication.IsRetained)));

    void IMqttReceiver.Lost()
    {
        _isWireLost = true;
        OnConnectionClosing();
    }

    private static MqttPublication? ToWill(
        bool isRetained, MqttQoSLevel level, bool isThere, string? topic, string? message)
    {
        if (isThere
            ? string.IsNullOrEmpty(topic) || string.IsNullOrEmpty(message)
            : isRetained || level != MqttQoSLevel.AtMostOnce
                || topic is not null || message is not null)
        {
            throw new MqttClientException(MqttClientErrorCode.WillWrong);
        }

        return isThere
            ? new MqttPublication(topic!, Encoding.UTF8.GetBytes(message!), (int)level, isRetained)
            : null;
    }

    private void Init(string host, int port, bool isSecure, MqttSslProtocols protocol)
    {
        if (isSecure)
        {
            Settings.SslPort = port;
        }
        else
        {
            Settings.Port = port;
        }

        if (isSecure && protocol is MqttSslProtocols.SSLv3
            or MqttSslProtocols.TLSv1_0 or MqttSslProtocols.TLSv1_1)
        {
            throw new ArgumentException();
        }

        _wire = _board.Network.Resolve(host, port, isSecure);
        _inflight = new InflightQueue(
            _board.Time, Settings, _wire, () => _keepAlive?.Sent(), OnGivenUp, OnConnectionClosing);
    }

    private void OpenWire()
    {
        try
        {
            _wire.Open(this);
        }
        catch (SocketException refused)
        {
            throw new MqttConnectionException(
                $"Socket exception connecting to the broker: {refused.ErrorCode}", refused);
        }
        catch (Exception failed)
        {
            throw new MqttConnectionException("Exception connecting to the broker", failed);
        }
    }

    private MqttReasonCode AwaitConnack(MqttHello hello)
    {
        _connack = null;
        _isWireLost = false;
        Send(() => _wire.SendConnect(hello));
        _board.Time.Wait(
            (ulong)Settings.TimeoutOnReceiving, () => _connack is not null || _isWireLost);
        return _connack ?? throw new MqttCommunicationException();
    }

    private void StartWorkers(ushort keepAliveSeconds)
    {
        IsConnected = true;
        _keepAlive?.Stop();
        _keepAlive = new KeepAlive(
            _board.Time, _wire, keepAliveSeconds * 1000UL, OnConnectionClosing);
        _keepAlive.Start();
        _inflight.Start();
    }

    private void OnGivenUp(InflightMessage message)
    {
        if (message.IsPublish)
        {
            _events.Add(() => MqttMsgPublished?.Invoke(
                this, new MqttMsgPublishedEventArgs(message.Id, isPublished: false)));
        }
    }

    // The dispatch thread closes after the events that are already queued; the package starts that
    // thread only after a CONNACK of success.
    private void OnConnectionClosing()
    {
        if (IsConnected)
        {
            IsConnected = false;
            _board.Time.CallAt(_board.Time.UptimeMs, EndByDispatch);
        }
    }

    private void EndByDispatch()
    {
        if (_events.Count > 0)
        {
            _board.Time.CallAt(_board.Time.UptimeMs, EndByDispatch);
            return;
        }

        Close();
        ConnectionClosed?.Invoke(this, EventArgs.Empty);
    }

    private void Send(Action send)
    {
        try
        {
            send();
            _keepAlive?.Sent();
        }
        catch (IOException gone)
        {
            throw new MqttCommunicationException(gone);
        }
    }

    // From 1 to 65,535 and round again.
    private ushort NextMessageId()
    {
        _messageId = _messageId == ushort.MaxValue ? (ushort)1 : (ushort)(_messageId + 1);
        return _messageId;
    }
}
