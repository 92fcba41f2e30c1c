using Helios.Messaging;
using Helios.Relay;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>Who gets which acknowledgement of the relay's own broker, and how.</summary>
public class AcknowledgementTests
{
    [Theory]
    [InlineData("helios/v1/a/ack", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("helios/v1/b/ack", null)]
    [InlineData("helios/v1/+/ack", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("helios/v1/a/+", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("helios/v1/a/#", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("+/v1/a/ack", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("helios/#", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("#", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("helios/v1", null)]
    [InlineData("helios/v1/b/#", null)]
    [InlineData("helios/v2/+/ack", null)]
    [InlineData("helios/v1/+/order/#", null)]
    public void A_filter_is_a_route_if_it_matches(string filter, MqttQualityOfServiceLevel? granted)
    {
        var routes = new AcknowledgementRoutes();
        routes.TryAdd("client", filter, MqttQualityOfServiceLevel.AtMostOnce);

        var found = routes.Of("a");
        Assert.Equal(
            granted,
            found.Count == 0 ? null : Assert.Single(found, route => route.Key is "client").Value);
        routes.Remove("client", filter);
        Assert.Empty(routes.Of("a"));
    }

    [Fact]
    public void A_client_with_several_filters_is_told_once_in_the_best_quality_until_it_goes()
    {
        var routes = new AcknowledgementRoutes();
        routes.TryAdd("one", "helios/v1/a/ack", MqttQualityOfServiceLevel.AtMostOnce);
        routes.TryAdd("one", "helios/v1/+/ack", MqttQualityOfServiceLevel.AtLeastOnce);
        routes.TryAdd("two", "helios/v1/a/ack", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(
            ["one", "two"],
            routes.Of("a").Select(static route => route.Key).Order());
        Assert.All(
            routes.Of("a"),
            static route => Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, route.Value));
        routes.Forget("one");
        Assert.Equal("two", Assert.Single(routes.Of("a")).Key);
    }

    [Fact]
    public void A_client_has_so_many_filters_and_may_change_them()
    {
        const MqttQualityOfServiceLevel Quality = MqttQualityOfServiceLevel.AtLeastOnce;
        var routes = new AcknowledgementRoutes();
        for (var i = 0; i < AcknowledgementRoutes.FiltersMax; i++)
        {
            Assert.True(routes.TryAdd("one", $"{i}/+", Quality));
        }

        Assert.False(routes.TryAdd("one", "helios/v1/a/ack", Quality));
        Assert.Empty(routes.Of("a"));
        Assert.True(routes.TryAdd("one", "0/+", Quality));
        Assert.True(routes.TryAdd("two", "helios/v1/a/ack", Quality));
        routes.Remove("one", "0/+");
        Assert.True(routes.TryAdd("one", "helios/v1/a/ack", Quality));
        Assert.Equal(2, routes.Of("a").Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_client_that_subscribes_to_too_much_is_told_and_delays_nobody()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                Limits = RelayLimits.None with { MessagesPerConnectionPerS = 1, BurstS = 300 },
            },
            ct);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithTcpServer("127.0.0.1", relay.BrokerPort)
                .Build(),
            ct);
        var wanted = new MqttClientSubscribeOptionsBuilder();
        for (var i = 0; i <= AcknowledgementRoutes.FiltersMax; i++)
        {
            wanted.WithTopicFilter($"helios/v1/{i}/+");
        }

        var answer = await client.SubscribeAsync(wanted.Build(), ct);
        Assert.Equal(
            MqttClientSubscribeResultCode.QuotaExceeded,
            Assert.Single(
                answer.Items, item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                .ResultCode);

        // The same ones again: each counts as a message.
        answer = await client.SubscribeAsync(wanted.Build(), ct);
        Assert.NotInRange(
            answer.Items.Count(static item =>
                item.ResultCode == MqttClientSubscribeResultCode.QuotaExceeded),
            0,
            1);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 1));
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_client_gets_what_it_subscribed_to_in_the_quality_that_it_asked_for()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (meter, other) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        await using var all = await MeterConnection.OpenAsync(relay.BrokerPort);
        var topic = Topics.Build(TopicKind.Acknowledgement, meter.Address.ToArray());
        var got = new TaskCompletionSource<MqttApplicationMessage>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            got.TrySetResult(message.ApplicationMessage);
            return Task.CompletedTask;
        };
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", relay.BrokerPort).Build(),
            ct);
        await client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtMostOnce, ct);

        await all.DeliverAsync(other, other.Sign(1, 100));
        await all.DeliverAsync(meter, meter.Sign(1, 100));
        var message = await got.Task.WaitAsync(ct);
        Assert.Equal(topic, message.Topic);
        Assert.Equal(MqttQualityOfServiceLevel.AtMostOnce, message.QualityOfServiceLevel);

        // Whoever goes in the middle of it keeps nobody else from being told.
        await client.TryDisconnectAsync();
        Assert.Equal(
            2u, (await all.DeliverAsync(meter, meter.Sign(2, 200))).StoredPagination);
    }
}
