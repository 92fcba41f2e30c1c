using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Helios.Relay;

/// <summary>
/// How Helios speaks to a broker that is not its own. Every call has a time limit: the client has
/// one of its own, but not for a call that is given a token.
/// </summary>
internal static class BrokerConnection
{
    private static readonly TimeSpan AnswerTimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Host and port, without the password that an address may carry.</summary>
    public static string NameOf(Uri broker) =>
        broker.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Whether an exception is a broker's or network's, and no mistake here.</summary>
    public static bool IsOfTheBroker(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is MqttCommunicationException or MqttProtocolViolationException
            or OperationCanceledException or InvalidOperationException or ObjectDisposedException
            or System.Net.Sockets.SocketException or IOException
            or System.Security.Authentication.AuthenticationException;

    /// <summary>A clean session of MQTT 5, with what the address says of TLS and password.</summary>
    public static MqttClientOptionsBuilder OptionsOf(Uri broker)
    {
        var isTls = string.Equals(broker.Scheme, "mqtts", StringComparison.Ordinal);
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port > 0 ? broker.Port : (isTls ? 8883 : 1883))
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithCleanStart()
            .WithTimeout(AnswerTimeLimit);
        if (isTls)
        {
            builder = builder.WithTlsOptions(static tls => tls.UseTls());
        }

        var parts = broker.UserInfo.Split(':', 2);
        return parts[0].Length == 0
            ? builder
            : builder.WithCredentials(
                Uri.UnescapeDataString(parts[0]),
                parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>Connects; throws what <see cref="IsOfTheBroker"/> knows.</summary>
    public static async Task OpenAsync(
        IMqttClient client, MqttClientOptions options, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerTimeLimit);
        var answer = await AnswerAsync(client.ConnectAsync(options, limit.Token));
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new BrokerRefusedException(
                $"it answered {answer.ResultCode}",
                answer.ResultCode is not (MqttClientConnectResultCode.NotAuthorized
                    or MqttClientConnectResultCode.BadUserNameOrPassword));
        }
    }

    /// <summary>Subscribes with QoS 1; throws what <see cref="IsOfTheBroker"/> knows.</summary>
    public static async Task SubscribeAsync(
        IMqttClient client, string filter, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerTimeLimit);
        var answer = await AnswerAsync(client.SubscribeAsync(
            filter, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token));
        var granted = answer.Items.Single().ResultCode;
        if (granted > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            throw new BrokerRefusedException(
                $"it answered {granted} to the subscription",
                granted is not MqttClientSubscribeResultCode.NotAuthorized);
        }
    }

    /// <summary>Publishes; throws what <see cref="IsOfTheBroker"/> knows.</summary>
    public static async Task PublishAsync(
        IMqttClient client, MqttApplicationMessage message, CancellationToken ct)
    {
        if (!await TryPublishAsync(client, message, ct))
        {
            throw Refused(MqttClientPublishReasonCode.NotAuthorized, message);
        }
    }

    /// <summary>The same; false if this client may not write the topic.</summary>
    public static async Task<bool> TryPublishAsync(
        IMqttClient client, MqttApplicationMessage message, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerTimeLimit);
        var answer = await AnswerAsync(client.PublishAsync(message, limit.Token));
        return answer.IsSuccess
            || (answer.ReasonCode == MqttClientPublishReasonCode.NotAuthorized
                ? false
                : throw Refused(answer.ReasonCode, message));
    }

    // Where the connection goes while an answer is waited for, the client may trip over what it has
    // no more (seen of MQTTnet 5.2 in MqttClient.Request, while a broker was killed sixty times).
    private static async Task<T> AnswerAsync<T>(Task<T> asked)
    {
        try
        {
            return await asked;
        }
        catch (NullReferenceException failure)
        {
            throw new MqttCommunicationException("the connection was lost", failure);
        }
    }

    private static BrokerRefusedException Refused(
        MqttClientPublishReasonCode reason, MqttApplicationMessage message) => new(
        $"it answered {reason} to {message.Topic}",
        reason is not MqttClientPublishReasonCode.NotAuthorized);
}
