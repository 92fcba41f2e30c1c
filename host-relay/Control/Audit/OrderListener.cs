using System.Buffers;
using System.Collections.Concurrent;
using Helios.Chain;
using Helios.Messaging;
using Helios.Relay;
using Helios.Signing;
using MQTTnet;

namespace Helios.Control;

/// <summary>
/// Reads the orders that a broker retains, of any controller. What its controller has not signed
/// is no order, and proves nothing against him.
/// </summary>
internal static class OrderListener
{
    private const int DigestLength = 32;

    // Retained messages come at once after the subscription; nothing marks the last of them.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>The orders for these meters, or for all.</summary>
    /// <exception cref="StartRefusedException">The broker does not answer or refuses.</exception>
    public static async Task<IReadOnlyList<HeardOrder>> ReadAsync(
        ControlOptions options, CancellationToken ct)
    {
        var messages = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            messages[message.ApplicationMessage.Topic] =
                message.ApplicationMessage.Payload.ToArray();
            return Task.CompletedTask;
        };
        try
        {
            await BrokerConnection.OpenAsync(
                client, BrokerConnection.OptionsOf(options.BrokerUrl).Build(), ct);
            foreach (var meter in MetersIn(options))
            {
                await BrokerConnection.SubscribeAsync(client, $"helios/v1/{meter}/order/+", ct);
            }
        }
        catch (Exception failure) when (BrokerConnection.IsOfTheBroker(failure, ct))
        {
            throw new StartRefusedException(
                $"The broker {BrokerConnection.NameOf(options.BrokerUrl)} cannot be used "
                + $"({failure.GetBaseException().Message.TrimEnd('.')}): start it or "
                + "correct brokerUrl.",
                failure);
        }

        int before;
        do
        {
            before = messages.Count;
            await Task.Delay(Quiet, ct);
        }
        while (messages.Count > before);

        var digests = new Eip712Digest(ReadingVerifier.DomainOf(options.ChainId, options.Ledger));
        return
        [
            .. messages.Select(one => OrderIn(one.Key, one.Value, digests)).OfType<HeardOrder>(),
        ];
    }

    private static IEnumerable<string> MetersIn(ControlOptions options) =>
        options.Meters.Count == 0
            ? ["+"]
            : options.Meters.Select(static meter => meter.ToTopicLevel());

    private static HeardOrder? OrderIn(string topic, byte[] message, Eip712Digest digests)
    {
        if (Topics.Parse(topic, out var meter) != TopicKind.Order
            || SupplyOrderCodec.Decode(message, meter, out var order, out var signature)
                != CodecResult.Done)
        {
            return null;
        }

        var digest = new byte[DigestLength];
        digests.OfOrder(order, digest);
        var controller = new Address(Topics.ControllerOf(topic));
        return MeterSignature.SignerOf(signature, digest, library: null) == controller
            ? new HeardOrder(controller, new Address(meter), order.AuthorisedWh, message)
            : null;
    }
}
