using Helios.Chain;
using Helios.LocalChain;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Boards.Virtual.Trade;

/// <summary>Asks meters in the name of their owners, over the broker.</summary>
public sealed class OwnerRequests : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Eip712Digest _digests;

    private OwnerRequests(Address ledger)
    {
        _digests = new Eip712Digest(new Eip712Domain(LocalNode.ChainId, ledger.ToArray()));
    }

    /// <summary>Connects to the broker.</summary>
    /// <param name="ledger">Under whose domain requests are signed.</param>
    /// <param name="brokerPort">TCP port of the broker on this computer.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<OwnerRequests> ConnectAsync(
        Address ledger, int brokerPort, CancellationToken ct)
    {
        var requests = new OwnerRequests(ledger);
        await requests._client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", brokerPort).Build(), ct);
        return requests;
    }

    /// <summary>Signs a request with the owner's key and publishes it.</summary>
    /// <param name="house">Whose owner, and whose meter.</param>
    /// <param name="action">Of <see cref="OwnerRequest"/>.</param>
    /// <param name="number">Above every number before.</param>
    /// <param name="levelWh">For a return: up to which level, Wh.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task SendAsync(
        House house, byte action, uint number, ulong levelWh, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(house);
        var argument = new byte[AddressBytes.Length];
        BigEndian.Write(argument, argument.Length - sizeof(ulong), sizeof(ulong), levelWh);
        var meter = house.Meter.ToArray();
        var request = new OwnerRequest(meter, action, number, argument);
        var digest = new byte[SigningKey.DigestLength];
        _digests.OfRequest(request, digest);

        var message = new byte[OwnerRequestCodec.Length];
        var signature = house.Wallet.Key.Sign(digest).ToCompact();
        if (OwnerRequestCodec.Encode(request, signature, message) != CodecResult.Done)
        {
            throw new ArgumentException($"No request has action {action}.", nameof(action));
        }

        await _client.PublishBinaryAsync(
            Topics.Build(TopicKind.Request, meter),
            message,
            MqttQualityOfServiceLevel.AtLeastOnce,
            cancellationToken: ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
