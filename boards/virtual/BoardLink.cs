using Helios.Messaging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Helios.Boards.Virtual;

/// <summary>
/// A board's connection to the broker: publishes what the firmware drains from the outbox and hands
/// acknowledgements back. Connects again after any failure; the outbox loses nothing by it.
/// </summary>
public sealed class BoardLink : IReadingSender, IDisposable
{
    private const int QueueLengthMax = 8;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainInterval = TimeSpan.FromSeconds(10);

    private readonly VirtualBoard _board;
    private readonly string _readingTopic;
    private readonly string _acknowledgementTopic;
    private readonly MqttClientOptions _options;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Queue<byte[]> _queue = new(QueueLengthMax);
    private readonly OutboxDrain _drain;

    /// <param name="board">The board whose outbox is carried.</param>
    /// <param name="brokerPort">TCP port of a broker on this computer.</param>
    public BoardLink(VirtualBoard board, int brokerPort)
    {
        ArgumentNullException.ThrowIfNull(board);
        _board = board;
        _drain = new OutboxDrain(board.Outbox, this);
        _readingTopic = Topics.Build(TopicKind.Reading, board.Address);
        _acknowledgementTopic = Topics.Build(TopicKind.Acknowledgement, board.Address);
        _options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", brokerPort)
            .WithClientId(Topics.ToHex(board.Address))
            .Build();
        _client.ApplicationMessageReceivedAsync += OnMessageAsync;
    }

    /// <summary>Says that there may be something to publish.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Carries readings until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await ConnectAsync(cancellation);
                await DrainAsync(cancellation);
                await _wake.WaitAsync(DrainInterval, cancellation);
            }
            catch (MqttCommunicationException)
            {
                await Task.Delay(RetryDelay, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public SendResult Send(byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_queue.Count == QueueLengthMax)
        {
            return SendResult.Refused;
        }

        _queue.Enqueue([.. message]);
        return SendResult.HandedOver;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _client.Dispose();
        _wake.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_client.IsConnected)
        {
            return;
        }

        await _client.ConnectAsync(_options, cancellation);
        await _client.SubscribeAsync(
            _acknowledgementTopic, MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        _queue.Clear();
        _drain.Connected();
    }

    private async Task DrainAsync(CancellationToken cancellation)
    {
        DrainResult drained;
        do
        {
            drained = _drain.Drain((ulong)Environment.TickCount64);
            while (_queue.TryDequeue(out var message))
            {
                await _client.PublishBinaryAsync(
                    _readingTopic,
                    message,
                    MqttQualityOfServiceLevel.AtLeastOnce,
                    cancellationToken: cancellation);
            }
        }
        while (drained == DrainResult.Refused);
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var bytes = System.Buffers.BuffersExtensions.ToArray(received.ApplicationMessage.Payload);
        if (AcknowledgementCodec.Decode(bytes, out var acknowledgement) == CodecResult.Done)
        {
            _board.Acknowledge(acknowledgement);
        }

        return Task.CompletedTask;
    }
}
