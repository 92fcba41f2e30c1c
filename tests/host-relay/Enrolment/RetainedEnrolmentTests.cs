using Helios.Chain;
using Helios.Enrolling;
using Helios.Messaging;
using Helios.Tests.HostRelay.Relay;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Enrolling;

/// <summary>What a meter retains at a broker, here Mosquitto, instead of its printed line.</summary>
public class RetainedEnrolmentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_meter_is_enrolled_with_what_its_broker_retains(bool hasElement)
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter(hasElement);
        await RetainAsync(broker, meter, BytesOf(meter.Enrolment(exportWh: 700)));

        var said = await bench.EnrolFromAsync($"{broker.Url}{meter.Address}");

        Assert.Contains("export            700 Wh", said, StringComparison.Ordinal);
        Assert.Contains($"Meter {meter.Address} is enrolled, in block", said,
            StringComparison.Ordinal);
        Assert.Equal(EnrolledState.Active, await bench.StateAsync(meter));
    }

    [Fact]
    public async Task What_a_broker_makes_up_or_has_not_got_is_one_sentence()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var bench = await EnrolmentBench.StartAsync();
        var (altered, foreign, cut, none) =
            (bench.Meter(), bench.Meter(), bench.Meter(), bench.Meter());
        var bytes = BytesOf(altered.Enrolment());
        bytes[^1] ^= 1;
        await RetainAsync(broker, altered, bytes);
        await RetainAsync(broker, foreign, BytesOf(none.Enrolment()));
        await RetainAsync(broker, cut, bytes[..^1]);

        foreach (var (meter, words) in new (TestMeter, string)[]
        {
            (altered, "is not signed by meter"),
            (foreign, $"retains an Enrolment of {none.Address} for {foreign.Address}"),
            (cut, "must be 270 hex digits"),
            (none, $"retains no Enrolment of {none.Address}: wait until"),
        })
        {
            Assert.Contains(
                words,
                await bench.EnrolFromAsync($"{broker.Url}{meter.Address}"),
                StringComparison.Ordinal);
            Assert.Equal(EnrolledState.None, await bench.StateAsync(meter));
        }

        Assert.Contains(
            "'' is no meter's address", await bench.EnrolFromAsync($"{broker.Url}"),
            StringComparison.Ordinal);
        await broker.KillAsync();
        Assert.Contains(
            "cannot be used", await bench.EnrolFromAsync($"{broker.Url}{none.Address}"),
            StringComparison.Ordinal);
    }

    private static byte[] BytesOf(SignedEnrolment enrolment) =>
        Convert.FromHexString(enrolment.Line[EnrolmentCodec.LineStart.Length..]);

    private static async Task RetainAsync(MosquittoServer broker, TestMeter meter, byte[] bytes)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), ct);
        await client.PublishBinaryAsync(
            Topics.Build(TopicKind.Enrolment, meter.Address.ToArray()),
            bytes,
            MqttQualityOfServiceLevel.AtLeastOnce,
            retain: true,
            ct);
    }
}
