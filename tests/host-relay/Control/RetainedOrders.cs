using System.Buffers;
using System.Collections.Concurrent;
using Helios.Chain;
using Helios.Messaging;
using Helios.Signing;
using Helios.Tests.HostRelay.Relay;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Control;

/// <summary>What a meter that connects to the broker is given of its orders.</summary>
internal static class RetainedOrders
{
    /// <summary>The order of each controller: what it authorises, Wh, by a true signature.</summary>
    public static async Task<Dictionary<Address, ulong>> ReadAsync(
        ControlBench bench, Address meter)
    {
        var digests = new Eip712Digest(
            new Eip712Domain(Deployment.ChainId, bench.Deployment.Ledger.Address.ToArray()));
        var orders = new Dictionary<Address, ulong>();
        foreach (var (topic, payload) in await MessagesAsync(bench.Broker, meter))
        {
            var digest = new byte[32];
            var signer = new byte[20];
            Assert.Equal(
                CodecResult.Done,
                SupplyOrderCodec.Decode(
                    payload, meter.ToArray(), out var order, out var signature));
            digests.OfOrder(order, digest);

            // The meter's own code is the judge.
            Assert.Equal(
                SignatureCheck.Valid,
                new SignatureVerifier().Recover(digest, signature, signer));
            Assert.EndsWith(
                $"/order/{new Address(signer).ToTopicLevel()}", topic, StringComparison.Ordinal);
            orders[new Address(signer)] = order.AuthorisedWh;
        }

        return orders;
    }

    public static async Task<Dictionary<string, byte[]>> MessagesAsync(
        PlainBroker broker, Address meter)
    {
        var ct = TestContext.Current.CancellationToken;
        var messages = new ConcurrentDictionary<string, byte[]>();
        var isOver = new TaskCompletionSource();
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            if (message.ApplicationMessage.Topic.EndsWith("/over", StringComparison.Ordinal))
            {
                isOver.SetResult();
            }
            else
            {
                messages[message.ApplicationMessage.Topic] =
                    message.ApplicationMessage.Payload.ToArray();
            }

            return Task.CompletedTask;
        };
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), ct);
        await client.SubscribeAsync(
            $"helios/v1/{meter.ToTopicLevel()}/#", MqttQualityOfServiceLevel.AtLeastOnce, ct);

        // Retained messages come first, so that what follows them ends them.
        await client.PublishStringAsync(
            $"helios/v1/{meter.ToTopicLevel()}/over", "", cancellationToken: ct);
        await isOver.Task.WaitAsync(ct);
        await client.DisconnectAsync(cancellationToken: ct);
        return new Dictionary<string, byte[]>(messages, StringComparer.Ordinal);
    }

    /// <summary>What anybody can do on a broker without topic rules.</summary>
    public static async Task OverwriteAsync(PlainBroker broker, string topic, byte[] payload)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), ct);
        await client.PublishBinaryAsync(
            topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, retain: true, ct);
        await client.DisconnectAsync(cancellationToken: ct);
    }
}
