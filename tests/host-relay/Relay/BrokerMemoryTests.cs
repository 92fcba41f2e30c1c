using System.Net.Sockets;
using Helios.Relay;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>What clients can have the relay's own broker keep in memory.</summary>
public class BrokerMemoryTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(new byte[] { 0x10, 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { 0x10, 0x81, 0x80, 0x01 })]
    public async Task A_packet_that_says_it_is_too_long_ends_the_connection_before_it_comes(
        byte[] start)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", relay.BrokerPort, ct);
        await client.GetStream().WriteAsync(start, ct);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_longest_packet_passes_and_a_byte_more_ends_the_connection()
    {
        const string Topic = "helios/v1/x";
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        using var client = await ConnectAsync(relay);

        // Length and number of the packet take 2 each, the length of its properties 1.
        var payload = new byte[PacketLimit.LengthMax - Topic.Length - 5];
        Assert.Equal(
            MqttClientPublishReasonCode.NoMatchingSubscribers,
            await RetainAsync(client, Topic, payload, isRetained: false));
        Assert.NotNull(await Record.ExceptionAsync(
            () => RetainAsync(client, Topic, [.. payload, 0], isRetained: false)));
        await Condition.MetAsync(() => !client.IsConnected);
    }

    [Fact(Timeout = 60_000)]
    public async Task Retains_so_many_topics_and_others_in_their_place()
    {
        const int Topics = 8;
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                Limits = RelayLimits.None with { ConnectionsMax = 1 },
            },
            ct);
        using var client = await ConnectAsync(relay);
        for (var i = 0; i < Topics; i++)
        {
            Assert.Equal(
                MqttClientPublishReasonCode.NoMatchingSubscribers,
                await RetainAsync(client, $"{i}", [1]));
        }

        const MqttClientPublishReasonCode Full = MqttClientPublishReasonCode.QuotaExceeded;
        Assert.Equal(Full, await RetainAsync(client, "another", [1]));
        Assert.NotEqual(Full, await RetainAsync(client, "0", [2]));
        Assert.NotEqual(Full, await RetainAsync(client, "another", [1], isRetained: false));
        Assert.NotEqual(Full, await RetainAsync(client, "0", []));
        Assert.NotEqual(Full, await RetainAsync(client, "another", [1]));
        Assert.Equal(Full, await RetainAsync(client, "0", [1]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Retains_nothing_that_is_long_or_has_user_properties()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        using var client = await ConnectAsync(relay);

        const MqttClientPublishReasonCode Full = MqttClientPublishReasonCode.QuotaExceeded;
        var longest = new byte[RetainedLimit.LengthMax - 1];
        Assert.NotEqual(Full, await RetainAsync(client, "t", longest));
        Assert.Equal(Full, await RetainAsync(client, "t", [.. longest, 0]));
        var answer = await client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = "t",
                PayloadSegment = new byte[1],
                Retain = true,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                UserProperties = [new MqttUserProperty("a", "b"u8.ToArray())],
            },
            ct);
        Assert.Equal(Full, answer.ReasonCode);
    }

    private static async Task<IMqttClient> ConnectAsync(RelayProcess relay)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithTcpServer("127.0.0.1", relay.BrokerPort)
                .Build(),
            TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<MqttClientPublishReasonCode> RetainAsync(
        IMqttClient client, string topic, byte[] payload, bool isRetained = true) =>
        (await client.PublishBinaryAsync(
            topic,
            payload,
            MqttQualityOfServiceLevel.AtLeastOnce,
            retain: isRetained,
            cancellationToken: TestContext.Current.CancellationToken)).ReasonCode;
}
