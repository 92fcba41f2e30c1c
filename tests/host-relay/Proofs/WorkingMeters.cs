using System.Buffers;
using Helios.Relay;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>Meters that share one connection, which they make anew as often as it is lost.</summary>
internal sealed class WorkingMeters(Func<int> port, IReadOnlyList<WorkingMeter> meters)
    : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestAfterLoss = TimeSpan.FromMilliseconds(50);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Dictionary<string, WorkingMeter> _byTopic = meters.ToDictionary(
        static one => one.Meter.Topic.Replace("/reading", "/ack", StringComparison.Ordinal),
        StringComparer.Ordinal);

    private volatile bool _isOver;

    /// <summary>No new readings; what is signed is still delivered.</summary>
    public void StopSigning() => _isOver = true;

    /// <summary>Works until everything that was signed is acknowledged.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        _client.ApplicationMessageReceivedAsync += OnAcknowledgementAsync;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var connecting = KeepConnectedAsync(end.Token);
        try
        {
            await Task.WhenAll(meters.Select(meter => Task.Run(() => WorkAsync(meter, ct), ct)));
        }
        finally
        {
            await end.CancelAsync();
            await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task WorkAsync(WorkingMeter meter, CancellationToken ct)
    {
        while (!_isOver)
        {
            var signed = meter.SignNext();
            while (!meter.IsAcknowledged)
            {
                await PublishAsync(meter, signed, ct);
                if (!meter.IsAcknowledged)
                {
                    await meter.WaitAsync(RepeatAfter, ct);
                }
            }
        }
    }

    private async Task PublishAsync(WorkingMeter meter, byte[] signed, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerLimit);
        try
        {
            meter.Published++;
            await _client.PublishAsync(
                new MqttApplicationMessageBuilder()
                    .WithTopic(meter.Meter.Topic)
                    .WithPayload(signed)
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                    .Build(),
                limit.Token);
        }
        catch (Exception failure) when (IsOfTheConnection(failure, ct))
        {
            await Task.Delay(RestAfterLoss, ct);
        }
    }

    private async Task KeepConnectedAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (_client.IsConnected)
            {
                await Task.Delay(RestAfterLoss, ct);
                continue;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(AnswerLimit);
            try
            {
                await _client.ConnectAsync(
                    new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port()).Build(),
                    limit.Token);
                var wanted = new MqttClientSubscribeOptionsBuilder();
                foreach (var topic in _byTopic.Keys)
                {
                    wanted = wanted.WithTopicFilter(
                        topic, MqttQualityOfServiceLevel.AtLeastOnce);
                }

                await _client.SubscribeAsync(wanted.Build(), limit.Token);
            }
            catch (Exception failure) when (IsOfTheConnection(failure, ct))
            {
                await _client.TryDisconnectAsync();
                await Task.Delay(RestAfterLoss, ct);
            }
        }
    }

    // The client says so by a null reference too.
    private static bool IsOfTheConnection(Exception failure, CancellationToken ct) =>
        failure is NullReferenceException || BrokerConnection.IsOfTheBroker(failure, ct);

    private Task OnAcknowledgementAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        if (_byTopic.TryGetValue(message.ApplicationMessage.Topic, out var meter))
        {
            meter.OnAcknowledgement(message.ApplicationMessage.Payload.ToArray());
        }

        return Task.CompletedTask;
    }
}
