using System.Collections;
using System.Net;
using System.Net.Sockets;
using Helios.Chain;
using Helios.Messaging;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Helios.Relay;

/// <summary>
/// The relay's own MQTT broker. A reading goes straight to the intake and to nobody else, and its
/// PUBACK follows the commit. It keeps nothing over a restart.
/// </summary>
internal sealed class EmbeddedBroker : IBroker
{
    // Messages to one subscriber that is too slow for them. What falls out was not acknowledged by
    // the relay, so its meter sends it again.
    private const int PendingMessagesMax = 1_000;

    // Topics that are retained, for each connection that there may be. A meter has its status, its
    // enrolment, an order of each controller and a few sets of them.
    private const int RetainedPerConnection = 8;
    private const string EndpointItem = "helios-endpoint";
    private const string LimitItem = "helios-limit";
    private const string NameItem = "helios-name";

    private readonly BrokerListener _listener;
    private readonly MqttServer _server;
    private readonly RetainedLimit _retained;
    private readonly EmbeddedBrokerOptions _options;
    private readonly ReadingIntake _intake;
    private readonly ILogger _log;
    private readonly AcknowledgementRoutes _routes = new();
    private int _connections;

    private EmbeddedBroker(EmbeddedBrokerOptions options, ReadingIntake intake, ILogger log)
    {
        _options = options;
        _intake = intake;
        _log = log;
        _listener = new BrokerListener(options);
        var factory = new MqttServerFactory();
        _server = factory.CreateMqttServer(
            new MqttServerOptionsBuilder()
                .WithMaxPendingMessagesPerClient(PendingMessagesMax)
                .WithDefaultCommunicationTimeout(BrokerListener.ConnectLimit)
                .Build(),
            [_listener]);
        _retained = new RetainedLimit(
            _server, RetainedPerConnection * options.Limits.ConnectionsMax);
        _server.ValidatingConnectionAsync += OnConnectingAsync;
        _server.ClientConnectedAsync += OnConnectedAsync;
        _server.ClientDisconnectedAsync += _ => Do(() => Interlocked.Decrement(ref _connections));
        _server.ClientUnsubscribedTopicAsync += subscription => Do(
            () => _routes.Remove(subscription.ClientId, subscription.TopicFilter));
        _server.SessionDeletedAsync += session => Do(() => _routes.Forget(session.Id));
        _server.InterceptingSubscriptionAsync += OnSubscriptionAsync;
        _server.InterceptingPublishAsync += OnPublishAsync;
    }

    /// <summary>Where it listens, with the real port.</summary>
    public IPEndPoint Endpoint => _listener.Endpoint;

    /// <inheritdoc/>
    public bool IsConnected => true;

    /// <param name="options">Where to listen, and whom to let in.</param>
    /// <param name="intake">Takes the readings.</param>
    /// <param name="log">Where floods are told.</param>
    /// <exception cref="StartRefusedException">The port is in use, or the address is not
    /// ours.</exception>
    public static async Task<EmbeddedBroker> StartAsync(
        EmbeddedBrokerOptions options, ReadingIntake intake, ILogger log)
    {
        var broker = new EmbeddedBroker(options, intake, log);
        try
        {
            await broker._server.StartAsync();
            return broker;
        }
        catch (SocketException failure)
        {
            await broker.DisposeAsync();
            throw new StartRefusedException(
                $"The broker cannot listen on {new IPEndPoint(options.Address, options.Port)} "
                + $"({failure.Message.TrimEnd('.')}): free the port, or correct brokerAddress "
                + "or brokerPort.",
                failure);
        }
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(
        Address meter, uint storedPagination, uint acceptedPagination, CancellationToken ct)
    {
        var message = AcknowledgementMessage.Of(meter, storedPagination, acceptedPagination);
        var best = message.QualityOfServiceLevel;
        foreach (var (client, granted) in _routes.Of(meter.ToTopicLevel()))
        {
            message.QualityOfServiceLevel = granted < best ? granted : best;
            if (await SessionOrNullAsync(client) is { } session)
            {
                session.TryEnqueueApplicationMessage(message, out _);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
        _retained.Dispose();
    }

    // A client may go at any time; what was not acknowledged, its meter repeats.
    private async Task<MqttSessionStatus?> SessionOrNullAsync(string client)
    {
        try
        {
            return await _server.GetSessionAsync(client);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private Task OnConnectingAsync(ValidatingConnectionEventArgs connecting)
    {
        connecting.SessionItems[EndpointItem] = connecting.RemoteEndPoint;
        if (Volatile.Read(ref _connections) >= _options.Limits.ConnectionsMax)
        {
            connecting.ReasonCode = MqttConnectReasonCode.ServerBusy;
        }
        else if (_options.Security is { } security)
        {
            var name = security.NameIn(connecting.ClientCertificate)
                ?? (security.Knows(connecting.UserName, connecting.RawPassword)
                    ? connecting.UserName
                    : null);
            connecting.SessionItems[NameItem] = name;
            connecting.ReasonCode = name is null
                ? MqttConnectReasonCode.BadUserNameOrPassword
                : MqttConnectReasonCode.Success;
        }

        return Task.CompletedTask;
    }

    // Comes before the first packet of the connection, and only for who was let in.
    private async Task OnConnectedAsync(ClientConnectedEventArgs connected)
    {
        Interlocked.Increment(ref _connections);
        var isOfNewSession = Equals(
            connected.SessionItems[EndpointItem], connected.RemoteEndPoint);
        if (isOfNewSession)
        {
            _routes.Forget(connected.ClientId);
        }
        else if (_options.Security is not null)
        {
            // Taken over, the session would lend its name to whoever knows the client id. It ends
            // and has no name any more, not even for a will; the client may connect again.
            connected.SessionItems.Remove(NameItem);
            if (await SessionOrNullAsync(connected.ClientId) is { } session)
            {
                await session.DeleteAsync();
            }
        }
    }

    private Task OnSubscriptionAsync(InterceptingSubscriptionEventArgs subscription)
    {
        var (client, filter) = (subscription.ClientId, subscription.TopicFilter);
        MqttSubscribeReasonCode? refusal =
            !IsAllowed(TopicRule.MaySubscribe, subscription.SessionItems, filter.Topic)
                ? MqttSubscribeReasonCode.NotAuthorized
            : !IsWithinLimit(client, subscription.SessionItems)
                || !_routes.TryAdd(client, filter.Topic, filter.QualityOfServiceLevel)
                ? MqttSubscribeReasonCode.QuotaExceeded
            : null;
        if (refusal is { } reason)
        {
            subscription.Response.ReasonCode = reason;
            subscription.ProcessSubscription = false;
        }

        return Task.CompletedTask;
    }

    private async Task OnPublishAsync(InterceptingPublishEventArgs publish)
    {
        var (topic, payload) =
            (publish.ApplicationMessage.Topic ?? "", publish.ApplicationMessage.Payload);
        var isReading = MqttTopicFilterComparer.Compare(topic, Topics.AllReadings)
            == MqttTopicFilterCompareResult.IsMatch;
        publish.ProcessPublish = false;
        if (!IsWithinLimit(publish.ClientId, publish.SessionItems))
        {
            _intake.Refuse(RefusalReason.ConnectionLimit);
            publish.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
        }
        else if (!IsAllowed(TopicRule.MayPublish, publish.SessionItems, topic))
        {
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
        }
        else if (isReading)
        {
            var refusal = await _intake.TakeAsync(topic, payload, publish.CancellationToken);
            publish.Response.ReasonCode = ReasonCodeOf(refusal);
        }
        else if (!await _retained.FitsAsync(publish.ApplicationMessage))
        {
            publish.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
        }
        else
        {
            publish.ProcessPublish = true;
        }
    }

    private bool IsWithinLimit(string client, IDictionary sessionItems)
    {
        if (sessionItems[LimitItem] is not RateLimit limit)
        {
            limit = new RateLimit(
                _options.Limits.MessagesPerConnectionPerS,
                _options.Limits.BurstS,
                TimeProvider.System);
            sessionItems[LimitItem] = limit;
        }

        if (limit.TryPass())
        {
            return true;
        }

        if (limit.IsToBeNamed())
        {
            _log.ConnectionFloods(client);
        }

        return false;
    }

    private bool IsAllowed(
        Func<string?, string, bool> rule, IDictionary sessionItems, string topic)
    {
        var name = sessionItems[NameItem] as string;
        return (name is not null || _options.Security is null) && rule(name, topic);
    }

    private static MqttPubAckReasonCode ReasonCodeOf(RefusalReason? refusal) => refusal switch
    {
        null => MqttPubAckReasonCode.Success,
        RefusalReason.WrongTopic => MqttPubAckReasonCode.TopicNameInvalid,
        RefusalReason.WrongLength or RefusalReason.Malformed =>
            MqttPubAckReasonCode.PayloadFormatInvalid,
        RefusalReason.WrongSigner or RefusalReason.NotEnrolled =>
            MqttPubAckReasonCode.NotAuthorized,
        RefusalReason.QueueFull or RefusalReason.MeterLimit => MqttPubAckReasonCode.QuotaExceeded,
        _ => MqttPubAckReasonCode.ImplementationSpecificError,
    };
}
