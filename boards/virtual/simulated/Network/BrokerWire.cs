using System.Buffers;
using System.Buffers.Binary;
using Helios.Boards.Hardware;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Helios.Boards.Simulated;

/// <summary>
/// A connection to a real broker. Simulated time stands still while an answer of the broker, or
/// the relay's acknowledgement of a reading, is under way. CONNECT is sent with the connection, so
/// a refused one is told as lost.
/// </summary>
internal sealed class BrokerWire(SimulatedThreads threads, int brokerPort, TimeSpan answerWithin)
    : IMqttWire
{
    private IMqttClient? _client;
    private IMqttReceiver? _receiver;
    private Task _sending = Task.CompletedTask;
    private uint? _awaitedPagination;

    /// <inheritdoc/>
    public void Open(IMqttReceiver receiver)
    {
        Close();
        _receiver = receiver;
        _client = new MqttClientFactory().CreateMqttClient();
        var client = _client;
        client.ApplicationMessageReceivedAsync += received =>
        {
            threads.PostNow(() => Receive(client, received.ApplicationMessage));
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += gone =>
        {
            // Before that, the answer to CONNECT says what became of it, and may come later.
            if (gone.ClientWasConnected)
            {
                threads.PostNow(() => Tell(client, told => told.Lost()));
            }

            return Task.CompletedTask;
        };
    }

    /// <inheritdoc/>
    public void SendConnect(MqttHello hello) => Send(async client =>
    {
        var result = await client.ConnectAsync(ToOptions(hello));
        return told => told.Connected(ReturnCode(result.ResultCode));
    });

    /// <inheritdoc/>
    public void SendPublish(ushort id, MqttPublication publication)
    {
        Await(publication);
        Send(async client =>
        {
            await client.PublishBinaryAsync(
                publication.Topic,
                publication.Payload,
                (MqttQualityOfServiceLevel)publication.Qos,
                publication.IsRetained);
            return told => told.PublishAcknowledged(id);
        });
    }

    /// <inheritdoc/>
    public void SendSubscribe(ushort id, string[] topics, byte[] qosLevels) => Send(async client =>
    {
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (var (topic, level) in topics.Zip(qosLevels))
        {
            options.WithTopicFilter(topic, (MqttQualityOfServiceLevel)level);
        }

        var result = await client.SubscribeAsync(options.Build());
        var granted = result.Items.Select(item => (byte)item.ResultCode).ToArray();
        return told => told.SubscribeAcknowledged(id, granted);
    });

    /// <inheritdoc/>
    public void SendUnsubscribe(ushort id, string[] topics) => Send(async client =>
    {
        foreach (var topic in topics)
        {
            await client.UnsubscribeAsync(topic);
        }

        return told => told.UnsubscribeAcknowledged(id);
    });

    /// <summary>
    /// Answered here: the broker's keep-alive would count the seconds of this computer.
    /// </summary>
    public void SendPing()
    {
        if (_client is { IsConnected: true } client)
        {
            Tell(client, told => told.PingAnswered());
        }
    }

    /// <inheritdoc/>
    public void SendDisconnect() => Send(async client =>
    {
        await client.DisconnectAsync();
        return _ => { };
    });

    /// <inheritdoc/>
    public void Close()
    {
        if (_awaitedPagination is not null)
        {
            _awaitedPagination = null;
            threads.Answers.Arrive();
        }

        _client?.Dispose();
        _client = null;
    }

    private void Send(Func<IMqttClient, Task<Action<IMqttReceiver>>> packet)
    {
        if (_client is null)
        {
            throw new IOException("The connection is closed.");
        }

        threads.Answers.Expect();
        _sending = SendAsync(_sending, _client, packet);
    }

    // MQTTnet tells the reason codes of MQTT 5; the package reads those of 3.1.1 (3.2.2.3).
    private static int ReturnCode(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.UnsupportedProtocolVersion => 1,
        MqttClientConnectResultCode.ClientIdentifierNotValid => 2,
        MqttClientConnectResultCode.ServerUnavailable => 3,
        MqttClientConnectResultCode.BadUserNameOrPassword => 4,
        MqttClientConnectResultCode.NotAuthorized => 5,
        _ => (int)code,
    };

    private async Task SendAsync(
        Task before, IMqttClient client, Func<IMqttClient, Task<Action<IMqttReceiver>>> packet)
    {
        await before;
        Action<IMqttReceiver> answer;
        try
        {
            answer = await packet(client);
        }
        catch (Exception gone) when (gone
            is MqttCommunicationException or ObjectDisposedException or OperationCanceledException)
        {
            answer = told => told.Lost();
        }

        threads.PostNow(() =>
        {
            threads.Answers.Arrive();
            Tell(client, answer);
        });
    }

    // In the board's own time, and not after the board closed the connection.
    private void Tell(IMqttClient client, Action<IMqttReceiver> answer) =>
        threads.CallAt(threads.UptimeMs, () =>
        {
            if (_client == client)
            {
                answer(_receiver!);
            }
        });

    private void Receive(IMqttClient client, MqttApplicationMessage message)
    {
        var payload = message.Payload.ToArray();
        if (message.Topic.EndsWith("/ack", StringComparison.Ordinal)
            && payload.Length >= sizeof(uint)
            && BinaryPrimitives.ReadUInt32BigEndian(payload) >= _awaitedPagination)
        {
            _awaitedPagination = null;
            threads.Answers.Arrive();
        }

        Tell(client, told => told.Received(new MqttPublication(
            message.Topic, payload, (int)message.QualityOfServiceLevel, message.Retain)));
    }

    private void Await(MqttPublication publication)
    {
        if (publication.Topic.EndsWith("/reading", StringComparison.Ordinal))
        {
            if (_awaitedPagination is null)
            {
                threads.Answers.Expect();
            }

            _awaitedPagination = BinaryPrimitives.ReadUInt32BigEndian(publication.Payload);
        }
    }

    private MqttClientOptions ToOptions(MqttHello hello)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", brokerPort)
            .WithClientId(hello.ClientId)
            .WithCleanSession(hello.IsCleanSession)
            .WithTimeout(answerWithin)
            .WithNoKeepAlive();
        if (hello.Will is { } will)
        {
            options
                .WithWillTopic(will.Topic)
                .WithWillPayload(will.Payload)
                .WithWillQualityOfServiceLevel((MqttQualityOfServiceLevel)will.Qos)
                .WithWillRetain(will.IsRetained);
        }

        return options.Build();
    }
}
