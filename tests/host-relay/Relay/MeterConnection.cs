using System.Threading.Channels;
using Helios.Messaging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// A meter's end of the broker: publishes anything, and reads every acknowledgement.
/// </summary>
internal sealed class MeterConnection : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<(string Topic, Acknowledgement Ack)> _acknowledgements =
        Channel.CreateUnbounded<(string, Acknowledgement)>();

    public static async Task<MeterConnection> OpenAsync(int port)
    {
        var ct = TestContext.Current.CancellationToken;
        var connection = new MeterConnection();
        connection._client.ApplicationMessageReceivedAsync += message =>
        {
            var payload = System.Buffers.BuffersExtensions.ToArray(
                message.ApplicationMessage.Payload);
            AcknowledgementCodec.Decode(payload, out var acknowledgement);
            connection._acknowledgements.Writer.TryWrite(
                (message.ApplicationMessage.Topic, acknowledgement));
            return Task.CompletedTask;
        };
        await connection._client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), ct);
        await connection._client.SubscribeAsync(
            "helios/v1/+/ack", MqttQualityOfServiceLevel.AtLeastOnce, ct);
        return connection;
    }

    public Task PublishAsync(string topic, byte[] payload) => TryPublishAsync(topic, payload);

    /// <summary>Publishes until the relay takes it, as a meter does.</summary>
    public async Task RepeatAsync(TestMeter meter, byte[] signed)
    {
        while (!(await TryPublishAsync(meter.Topic, signed)).IsSuccess)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Publishes once; whether the relay took it.</summary>
    public async Task<bool> TryAsync(TestMeter meter, byte[] signed) =>
        (await TryPublishAsync(meter.Topic, signed)).IsSuccess;

    private Task<MqttClientPublishResult> TryPublishAsync(string topic, byte[] payload) =>
        _client.PublishAsync(
        new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build(),
        TestContext.Current.CancellationToken);

    /// <summary>
    /// Publishes and waits until the relay says that this or a newer one is stored.
    /// </summary>
    public async Task<Acknowledgement> DeliverAsync(TestMeter meter, byte[] signed)
    {
        await PublishAsync(meter.Topic, signed);
        var pagination = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(signed);
        return await AcknowledgementAsync(meter, ack => ack.StoredPagination >= pagination);
    }

    public async Task<Acknowledgement> AcknowledgementAsync(
        TestMeter meter, Func<Acknowledgement, bool> isExpected)
    {
        var topic = $"helios/v1/{meter.Address.ToTopicLevel()}/ack";
        while (true)
        {
            var (from, acknowledgement) =
                await _acknowledgements.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (string.Equals(from, topic, StringComparison.Ordinal)
                && isExpected(acknowledgement))
            {
                return acknowledgement;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }
}
