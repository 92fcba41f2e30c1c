using System.Net;
using System.Threading.Channels;
using Helios.Chain;
using Helios.Messaging;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Helios.Relay;

/// <summary>
/// The relay's connection to a broker, its own or any other. The handler only queues: while the
/// queue is full it waits. The client's own queue before it has no limit: only a broker that stops
/// at a number of messages without PUBACK, as most do, holds back.
/// </summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private const int BackOffSecondsMax = 60;

    // The client has a limit of its own, but not for a call that is given a token.
    private static readonly TimeSpan AnswerTimeLimit = TimeSpan.FromSeconds(10);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _options;
    private readonly ChannelWriter<IncomingMessage> _queue;
    private readonly string _name;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();

    // Touched by one reconnection at a time: see ReconnectAsync.
    private int _backOffSeconds = 1;

    private BrokerLink(
        MqttClientOptions options, string name, ChannelWriter<IncomingMessage> queue, ILogger log)
    {
        _options = options;
        _name = name;
        _queue = queue;
        _log = log;
        _client.ApplicationMessageReceivedAsync += QueueAsync;
    }

    /// <summary>Connects and subscribes to every meter's readings.</summary>
    /// <exception cref="StartRefusedException">The broker does not answer or refuses.</exception>
    public static async Task<BrokerLink> ConnectAsync(
        Uri broker, ChannelWriter<IncomingMessage> queue, ILogger log, CancellationToken ct)
    {
        var link = new BrokerLink(OptionsOf(broker), NameOf(broker), queue, log);
        try
        {
            await link.ConnectAsync(ct);

            // Only from here on: a first connection that fails is the caller's to report.
            link._client.DisconnectedAsync += _ => link.ReconnectAsync();
        }
        catch (Exception failure) when (IsOfTheBroker(failure, ct))
        {
            await link.DisposeAsync();
            throw new StartRefusedException(
                $"The broker {NameOf(broker)} cannot be used "
                + $"({failure.GetBaseException().Message.TrimEnd('.')}): start it or "
                + "correct brokerUrl.",
                failure);
        }

        return link;
    }

    /// <summary>
    /// Tells a meter what is stored and what is accepted. One that gets lost is healed by the
    /// next:
    /// the meter repeats what was not acknowledged.
    /// </summary>
    public async Task AcknowledgeAsync(
        Address meter, uint storedPagination, uint acceptedPagination, CancellationToken ct)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(Topics.Build(TopicKind.Acknowledgement, meter.ToArray()))
            .WithPayload(AcknowledgementCodec.Encode(
                new Acknowledgement(storedPagination, acceptedPagination)))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerTimeLimit);
        try
        {
            await _client.PublishAsync(message, limit.Token);
        }
        catch (Exception failure) when (IsOfTheBroker(failure, ct))
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

    /// <summary>Host and port, without the password that an address may carry.</summary>
    private static string NameOf(Uri broker) =>
        broker.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static MqttClientOptions OptionsOf(Uri broker)
    {
        var isTls = string.Equals(broker.Scheme, "mqtts", StringComparison.Ordinal);
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port > 0 ? broker.Port : (isTls ? 8883 : 1883))
            .WithCleanSession()
            .WithTimeout(AnswerTimeLimit);
        if (isTls)
        {
            builder = builder.WithTlsOptions(static tls => tls.UseTls());
        }

        var parts = broker.UserInfo.Split(':', 2);
        return parts[0].Length == 0
            ? builder.Build()
            : builder.WithCredentials(
                WebUtility.UrlDecode(parts[0]),
                parts.Length > 1 ? WebUtility.UrlDecode(parts[1]) : "").Build();
    }

    private static bool IsOfTheBroker(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is MqttCommunicationException or MqttProtocolViolationException
            or OperationCanceledException or InvalidOperationException or ObjectDisposedException
            or System.Net.Sockets.SocketException or IOException
            or System.Security.Authentication.AuthenticationException;

    private async Task ConnectAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerTimeLimit);
        var answer = await _client.ConnectAsync(_options, limit.Token);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new InvalidOperationException($"it answered {answer.ResultCode}");
        }

        var subscribed = await _client.SubscribeAsync(
            Topics.AllReadings, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token);
        var granted = subscribed.Items.Single().ResultCode;
        if (granted > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            throw new InvalidOperationException($"it answered {granted} to the subscription");
        }
    }

    /// <summary>
    /// One attempt. The client reports a failed connection as it reports a lost one, so each
    /// failure calls this once more: a loop in here would double with every attempt.
    /// </summary>
    private async Task ReconnectAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _log.BrokerLost(_name, _backOffSeconds);
            await Task.Delay(TimeSpan.FromSeconds(_backOffSeconds), _end.Token);
            _backOffSeconds = Math.Min(2 * _backOffSeconds, BackOffSecondsMax);
            await ConnectAsync(_end.Token);
            _backOffSeconds = 1;
            _log.BrokerBack(_name);
        }
        catch (Exception failure) when (failure is OperationCanceledException
            || IsOfTheBroker(failure, _end.Token))
        {
            // Connected, but deaf without the subscription: a connection like that is lost too.
            await _client.TryDisconnectAsync();
        }
    }

    private async Task QueueAsync(MqttApplicationMessageReceivedEventArgs delivery)
    {
        // PUBACK follows the commit, so that a broker with sessions delivers again after a crash.
        delivery.AutoAcknowledge = false;
        try
        {
            await _queue.WriteAsync(new IncomingMessage(delivery, null), _end.Token);
        }
        catch (Exception failure)
            when (failure is OperationCanceledException or ChannelClosedException)
        {
            // The relay ends; nothing was promised for this message.
        }
    }
}
