using Helios.Chain;
using Helios.Messaging;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Helios.Relay;

/// <summary>
/// The relay's connection to a broker that is not its own. The handler never waits, because the
/// client's own queue before it has no limit; the broker is told how much may be under way, and
/// what comes all the same is refused. Its meter, which gets no acknowledgement, sends it again.
/// </summary>
internal sealed class BrokerLink : IBroker
{
    private const int BackOffSecondsMax = 60;

    // Messages under way at once: what the broker is told, and what is taken of one that does not
    // listen or that sends them with QoS 0.
    private const ushort ReceiveMax = 2_000;
    private const int TakingMax = 2 * ReceiveMax;

    // A reading with its topic has about 170 bytes.
    private const uint PacketLengthMax = 1_024;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _options;
    private readonly ReadingIntake _intake;
    private readonly string _filter;
    private readonly string _name;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();

    // Touched by one reconnection at a time: see ReconnectAsync.
    private int _backOffSeconds = 1;
    private string? _refusal;
    private int _taking;

    private BrokerLink(Uri broker, string? shareGroup, ReadingIntake intake, ILogger log)
    {
        _options = BrokerConnection.OptionsOf(broker)
            .WithReceiveMaximum(ReceiveMax)
            .WithMaximumPacketSize(PacketLengthMax)
            .Build();
        _name = BrokerConnection.NameOf(broker);
        _filter = shareGroup is null
            ? Topics.AllReadings
            : $"$share/{shareGroup}/{Topics.AllReadings}";
        _intake = intake;
        _log = log;
        _client.ApplicationMessageReceivedAsync += OnMessageAsync;
    }

    /// <inheritdoc/>
    public bool IsConnected => _client.IsConnected;

    /// <summary>Connects and subscribes to every meter's readings.</summary>
    /// <param name="broker">mqtt or mqtts address.</param>
    /// <param name="shareGroup">
    /// Copies of one group get each message once between them; null gets every message.
    /// </param>
    /// <param name="intake">Takes the readings.</param>
    /// <param name="log">Where losses of the connection are told.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="StartRefusedException">The broker does not answer or refuses.</exception>
    public static async Task<BrokerLink> ConnectAsync(
        Uri broker, string? shareGroup, ReadingIntake intake, ILogger log, CancellationToken ct)
    {
        var link = new BrokerLink(broker, shareGroup, intake, log);
        try
        {
            await link.ConnectAsync(ct);

            // Only from here on: a first connection that fails is the caller's to report.
            link._client.DisconnectedAsync += link.ReconnectAsync;
        }
        catch (Exception failure) when (BrokerConnection.IsOfTheBroker(failure, ct))
        {
            await link.DisposeAsync();
            throw new StartRefusedException(
                $"The broker {link._name} cannot be used "
                + $"({failure.GetBaseException().Message.TrimEnd('.')}): start it or "
                + "correct brokerUrl.",
                failure);
        }

        return link;
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(
        Address meter, uint storedPagination, uint acceptedPagination, CancellationToken ct)
    {
        try
        {
            await BrokerConnection.PublishAsync(
                _client,
                AcknowledgementMessage.Of(meter, storedPagination, acceptedPagination),
                ct);
        }
        catch (Exception failure) when (BrokerConnection.IsOfTheBroker(failure, ct))
        {
            _log.NotAcknowledged(meter, failure.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _client.TryDisconnectAsync();
        _client.Dispose();
        _end.Dispose();
    }

    private async Task ConnectAsync(CancellationToken ct)
    {
        await BrokerConnection.OpenAsync(_client, _options, ct);
        await BrokerConnection.SubscribeAsync(_client, _filter, ct);
    }

    /// <summary>
    /// One attempt. The client reports a failed connection as it reports a lost one, so each
    /// failure calls this once more: a loop in here would double with every attempt.
    /// </summary>
    private async Task ReconnectAsync(MqttClientDisconnectedEventArgs lost)
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _log.BrokerLost(_name, WhyLost(lost), _backOffSeconds);
            _refusal = null;
            await Task.Delay(TimeSpan.FromSeconds(_backOffSeconds), _end.Token);
            _backOffSeconds = Math.Min(2 * _backOffSeconds, BackOffSecondsMax);
            await ConnectAsync(_end.Token);
            _backOffSeconds = 1;
            _log.BrokerBack(_name);
        }
        catch (Exception failure) when (failure is OperationCanceledException
            || BrokerConnection.IsOfTheBroker(failure, _end.Token))
        {
            // Connected, but deaf without the subscription: a connection like that is lost too.
            _refusal = failure.GetBaseException().Message.TrimEnd('.');
            await _client.TryDisconnectAsync();
        }
    }

    // An answer of the broker's says more than that it, or this relay for its sake, went.
    private string WhyLost(MqttClientDisconnectedEventArgs lost) =>
        _refusal
            ?? lost.Exception?.GetBaseException().Message.TrimEnd('.')
            ?? (lost.ConnectResult is { ResultCode: not MqttClientConnectResultCode.Success } no
                ? $"it answered {no.ResultCode}"
                : $"{lost.Reason}");

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs delivery)
    {
        delivery.AutoAcknowledge = false;
        if (Interlocked.Increment(ref _taking) <= TakingMax)
        {
            _ = Task.Run(() => TakeAsync(delivery));
            return Task.CompletedTask;
        }

        Interlocked.Decrement(ref _taking);
        _intake.Refuse(RefusalReason.QueueFull);
        return AcknowledgeAsync(delivery);
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs delivery)
    {
        try
        {
            var message = delivery.ApplicationMessage;
            await _intake.TakeAsync(message.Topic, message.Payload, _end.Token);

            // PUBACK follows the commit, and comes for what is refused too: brokers stop at a
            // number of messages without one.
            await AcknowledgeAsync(delivery);
        }
        catch (OperationCanceledException)
        {
            // The relay ends; what is not stored is not acknowledged.
        }
        finally
        {
            Interlocked.Decrement(ref _taking);
        }
    }

    private async Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs delivery)
    {
        try
        {
            await delivery.AcknowledgeAsync(_end.Token);
        }
        catch (Exception failure) when (failure is MqttCommunicationException
            or InvalidOperationException or ObjectDisposedException or NullReferenceException
            || (failure is OperationCanceledException && !_end.IsCancellationRequested))
        {
            // The connection is gone, which the client tells in any of these ways; by a null
            // reference where it has none at all. The broker delivers again: a duplicate.
        }
    }
}
