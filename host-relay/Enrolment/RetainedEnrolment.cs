using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Helios.Chain;
using Helios.Messaging;
using Helios.Relay;
using MQTTnet;

namespace Helios.Enrolling;

/// <summary>
/// The Enrolment that a meter publishes on each connection and its broker retains. The broker is
/// not believed: what the meter did not sign is refused like an altered file.
/// </summary>
internal static class RetainedEnrolment
{
    // A retained message comes at once after the subscription; nothing says that there is none.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    /// <summary>Whether a source is a broker's address.</summary>
    public static bool IsAt(string source, [NotNullWhen(true)] out Uri? broker) =>
        Uri.TryCreate(source, UriKind.Absolute, out broker)
        && broker.Scheme is "mqtt" or "mqtts";

    /// <summary>Takes what is retained.</summary>
    /// <param name="broker">mqtt://user:password@host:port/METER, or mqtts.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="BadInputException">
    /// The broker cannot be used, retains none, or one of another meter.
    /// </exception>
    public static async Task<SignedEnrolment> ReadAsync(Uri broker, CancellationToken ct)
    {
        var meter = AddressText.Parse(broker.AbsolutePath.Trim('/'), "meter");
        var name = BrokerConnection.NameOf(broker);
        var enrolment = SignedEnrolment.Of(
            await FetchAsync(broker, meter, name, ct)
                ?? throw new BadInputException(
                    $"The broker {name} retains no Enrolment of {meter}: wait until the meter is "
                        + "connected, or take the line from its console."),
            name);
        return enrolment.Meter == meter
            ? enrolment
            : throw new BadInputException(
                $"The broker {name} retains an Enrolment of {enrolment.Meter} for {meter}: take "
                    + "the line from the meter's console.");
    }

    private static async Task<byte[]?> FetchAsync(
        Uri broker, Address meter, string name, CancellationToken ct)
    {
        var retained = new TaskCompletionSource<byte[]>();
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            retained.TrySetResult(message.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
        try
        {
            await BrokerConnection.OpenAsync(
                client, BrokerConnection.OptionsOf(broker).Build(), ct);
            await BrokerConnection.SubscribeAsync(
                client, Topics.Build(TopicKind.Enrolment, meter.ToArray()), ct);
        }
        catch (Exception failure) when (BrokerConnection.IsOfTheBroker(failure, ct))
        {
            throw new BadInputException(
                $"The broker {name} cannot be used "
                    + $"({failure.GetBaseException().Message.TrimEnd('.')}): start it or correct "
                    + "its address.",
                failure);
        }

        await Task.WhenAny(retained.Task, Task.Delay(WaitMax, ct));
        return retained.Task.IsCompletedSuccessfully ? await retained.Task : null;
    }
}
