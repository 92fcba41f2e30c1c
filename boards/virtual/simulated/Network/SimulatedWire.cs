using System.Net.Sockets;
using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>A connection to the simulated broker, as good as the weather is.</summary>
internal sealed class SimulatedWire(
    BoardHardware board,
    SimulatedBroker broker,
    NetworkWeather weather,
    INetworkLink link,
    Random random,
    bool isSecure) : IMqttWire
{
    private readonly HashSet<string> _topics = [];
    private IMqttReceiver? _receiver;
    private MqttPublication? _will;
    private long _wifiLosses;
    private bool _isOpen;
    private bool _isSilent;

    /// <inheritdoc/>
    public void Open(IMqttReceiver receiver)
    {
        Close();
        if (!link.IsUp)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        board.Time.Freeze(weather.Broker switch
        {
            BrokerMood.Refuses => weather.LatencyMs,
            BrokerMood.Unreachable => weather.UnreachableMs,
            BrokerMood.Mute => isSecure ? weather.MuteMs : weather.LatencyMs,
            _ => isSecure ? weather.HandshakeMs : weather.LatencyMs,
        });
        Require(board.IsRunning, SocketError.Shutdown);
        Require(weather.Broker != BrokerMood.Refuses, SocketError.ConnectionRefused);
        Require(weather.Broker != BrokerMood.Unreachable, SocketError.TimedOut);
        Require(weather.Broker != BrokerMood.Mute || !isSecure, SocketError.TimedOut);
        _receiver = receiver;
        _wifiLosses = weather.WifiLosses;
        _isOpen = true;
        _isSilent = weather.Broker == BrokerMood.Mute;
    }

    /// <inheritdoc/>
    public void SendConnect(MqttHello hello) => Answer(() =>
    {
        if (weather.Broker == BrokerMood.NotAuthorised)
        {
            _receiver!.Connected(5);
            return;
        }

        _will = hello.Will;
        broker.Connect(this);
        _receiver!.Connected(0);
    });

    /// <inheritdoc/>
    public void SendPublish(ushort id, MqttPublication publication)
    {
        // What arrives does not depend on whether its answer does.
        RequireOpen();
        if (!IsReachable)
        {
            return;
        }

        broker.Arrive(publication with { Payload = [.. publication.Payload] });
        if (publication.Qos > 0)
        {
            Answer(() => _receiver!.PublishAcknowledged(id));
        }
    }

    /// <inheritdoc/>
    public void SendSubscribe(ushort id, string[] topics, byte[] qosLevels) => Answer(() =>
    {
        _topics.UnionWith(topics);
        _receiver!.SubscribeAcknowledged(id, qosLevels);
        foreach (var kept in topics.SelectMany(broker.RetainedOf))
        {
            Deliver(kept);
        }
    });

    /// <inheritdoc/>
    public void SendUnsubscribe(ushort id, string[] topics) => Answer(() =>
    {
        _topics.ExceptWith(topics);
        _receiver!.UnsubscribeAcknowledged(id);
    });

    /// <inheritdoc/>
    public void SendPing() => Answer(() => _receiver!.PingAnswered());

    /// <inheritdoc/>
    public void SendDisconnect()
    {
        RequireOpen();
        _will = null;
    }

    /// <inheritdoc/>
    public void Close()
    {
        _isOpen = false;
        _topics.Clear();
        broker.Leave(this, _will);
        _will = null;
    }

    internal void Deliver(MqttPublication publication)
    {
        if (_topics.Contains(publication.Topic) && IsReachable)
        {
            Later(() => _receiver!.Received(publication));
        }
    }

    internal void Break(bool isTold)
    {
        _isSilent = true;
        broker.Leave(this, _will);
        if (isTold)
        {
            _isOpen = false;
            board.Time.CallAt(board.Time.UptimeMs + weather.LatencyMs, () => _receiver?.Lost());
        }
    }

    private bool IsReachable =>
        _isOpen && !_isSilent && board.IsRunning && weather.WifiLosses == _wifiLosses;

    private static void Require(bool isSo, SocketError otherwise)
    {
        if (!isSo)
        {
            throw new SocketException((int)otherwise);
        }
    }

    private void RequireOpen()
    {
        if (!_isOpen)
        {
            throw new IOException("The connection is closed.");
        }
    }

    private void Answer(Action answer)
    {
        RequireOpen();
        if (random.NextDouble() >= weather.AnswerLoss)
        {
            Later(answer);
        }
    }

    private void Later(Action happens) =>
        board.Time.CallAt(board.Time.UptimeMs + weather.LatencyMs, () =>
        {
            if (IsReachable)
            {
                happens();
            }
        });
}
