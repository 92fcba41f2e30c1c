using System.Buffers;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Helios.Tests.Circle.Crashes;

/// <summary>
/// The meters' connection to the broker, made anew whenever it is lost: what is retained for them,
/// acknowledgements, and what they publish.
/// </summary>
internal sealed class MeterLink(int port) : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private bool _isPrepared;

    /// <summary>The last message of each topic.</summary>
    public ConcurrentDictionary<string, byte[]> Heard { get; } = new(StringComparer.Ordinal);

    /// <summary>Connects if need be; false while there is no broker.</summary>
    public async Task<bool> TryConnectAsync()
    {
        if (_client.IsConnected)
        {
            return true;
        }

        if (!_isPrepared)
        {
            _client.ApplicationMessageReceivedAsync += OnMessageAsync;
            _isPrepared = true;
        }

        return await TryAsync(async limit =>
        {
            await _client.ConnectAsync(
                new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), limit);
            foreach (var topic in (string[])["helios/v1/+/order/+", "helios/v1/+/ack"])
            {
                await _client.SubscribeAsync(
                    topic, MqttQualityOfServiceLevel.AtLeastOnce, limit);
            }
        });
    }

    /// <summary>Publishes once; what is not acknowledged by the relay is published again.</summary>
    public Task<bool> TryPublishAsync(string topic, byte[] payload) => TryAsync(
        limit => _client.PublishBinaryAsync(
            topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: limit));

    public void Dispose() => _client.Dispose();

    private static async Task<bool> TryAsync(Func<CancellationToken, Task> act)
    {
        var ct = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerLimit);
        try
        {
            await act(limit.Token);
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested
            && failure is MqttCommunicationException or MqttProtocolViolationException
                or OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        Heard[message.ApplicationMessage.Topic] = message.ApplicationMessage.Payload.ToArray();
        return Task.CompletedTask;
    }
}
