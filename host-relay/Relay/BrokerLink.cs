using System.Net;
using Helios.Chain;
using Helios.Messaging;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Helios.Relay;

/// <summary>
/// The relay's connection to a broker, its own or any other. The handler never waits, because the
/// client's own queue before it has no limit: what the intake does not take is gone, and its meter,
/// which gets no acknowledgement, sends it again.
/// </summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private const int BackOffSecondsMax = 60;

    // The client has a limit of its own, but not for a call that is given a token.
    private static readonly TimeSpan AnswerTimeLimit = TimeSpan.FromSeconds(10);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _options;
    private readonly Func<MqttApplicationMessageReceivedEventArgs, bool> _take;
    private readonly string _name;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();

    // Touched by one reconnection at a time: see ReconnectAsync.
    private int _backOffSeconds = 1;

    private BrokerLink(
        MqttClientOptions options,
        string name,
        Func<MqttApplicationMessageReceivedEventArgs, bool> take,
        ILogger log)
    {
        _options = options;
        _name = name;
        _take = take;
        _log = log;
        _client.ApplicationMessageReceivedAsync += OnMessageAsync;
    }

    /// <summary>Connects and subscribes to every meter's readings.</summary>
    /// <param name="broker">mqtt or mqtts address.</param>
    /// <param name="take">
    /// Takes a message, and then sends its PUBACK itself, or leaves it; at once.
    /// </param>
    /// <param name="log">Where losses of the connection are told.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="StartRefusedException">The broker does not answer or refuses.</exception>
    public static async Task<BrokerLink> ConnectAsync(
        Uri broker,
        Func<MqttApplicationMessageReceivedEventArgs, bool> take,
        ILogger log,
        CancellationToken ct)
    {
        var link = new BrokerLink(OptionsOf(broker), NameOf(broker), take, log);
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
    /// Tells a meter what is stored and what is accepted. If it gets lost, the meter repeats what
    /// was not acknowledged, and is told again.
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

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs delivery)
    {
        // PUBACK follows the commit, so that a broker with sessions delivers again after a crash.
        // What is not taken gets it at once: brokers stop at a number of messages without one.
        delivery.AutoAcknowledge = !_take(delivery);
        return Task.CompletedTask;
    }
}
