using System.Buffers;
using Helios.Messaging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Bench;

/// <summary>One meter's connection; a reading is done when the relay acknowledges it.</summary>
internal sealed class MeterLink : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly BenchMeter _meter;
    private readonly string _topic;

    private uint _pagination;
    private TaskCompletionSource _acknowledged = new();

    private MeterLink(BenchMeter meter)
    {
        _meter = meter;
        _topic = Topics.Build(TopicKind.Reading, meter.Address.ToArray());
        _client.ApplicationMessageReceivedAsync += OnMessageAsync;
    }

    /// <summary>Connects, and subscribes to what the relay acknowledges.</summary>
    public static async Task<MeterLink> OpenAsync(
        int port, BenchMeter meter, CancellationToken ct)
    {
        var link = new MeterLink(meter);
        await link._client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("127.0.0.1", port)
                .WithTimeout(TimeSpan.FromSeconds(60))
                .Build(),
            ct);
        await link._client.SubscribeAsync(
            Topics.Build(TopicKind.Acknowledgement, meter.Address.ToArray()),
            MqttQualityOfServiceLevel.AtMostOnce,
            ct);
        return link;
    }

    /// <summary>Publishes the next reading and waits until it is stored.</summary>
    public async Task DeliverAsync(CancellationToken ct)
    {
        // Registers that stay where they are: nothing is minted, and the chain has rest.
        var reading = _meter.Next(0);
        _acknowledged = new TaskCompletionSource(
            TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _pagination, reading.Reading.Pagination);
        await _client.PublishBinaryAsync(
            _topic, reading.Signed, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: ct);
        await _acknowledged.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        if (AcknowledgementCodec.Decode(
                message.ApplicationMessage.Payload.ToArray(), out var acknowledgement)
                == CodecResult.Done
            && acknowledgement.StoredPagination >= Volatile.Read(ref _pagination))
        {
            _acknowledged.TrySetResult();
        }

        return Task.CompletedTask;
    }
}
