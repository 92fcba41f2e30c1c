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
    [InlineData("helios/#", MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData("helios/v1/+/order/#", null)]
    public void A_filter_is_a_route_if_it_matches(string filter, MqttQualityOfServiceLevel? granted)
    {
        var routes = new AcknowledgementRoutes();
        routes.Add("client", filter, MqttQualityOfServiceLevel.AtMostOnce);

        var found = routes.Of("helios/v1/a/ack");
        Assert.Equal(
            granted,
            found.Count == 0 ? null : Assert.Single(found, route => route.Key is "client").Value);
        routes.Remove("client", filter);
        Assert.Empty(routes.Of("helios/v1/a/ack"));
    }

    [Fact]
    public void A_client_with_several_filters_is_told_once_in_the_best_quality_until_it_goes()
    {
        var routes = new AcknowledgementRoutes();
        routes.Add("one", "helios/v1/a/ack", MqttQualityOfServiceLevel.AtMostOnce);
        routes.Add("one", "helios/v1/+/ack", MqttQualityOfServiceLevel.AtLeastOnce);
        routes.Add("two", "helios/v1/a/ack", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(
            ["one", "two"],
            routes.Of("helios/v1/a/ack").Select(static route => route.Key).Order());
        Assert.All(
            routes.Of("helios/v1/a/ack"),
            static route => Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, route.Value));
        routes.Forget("one");
        Assert.Equal("two", Assert.Single(routes.Of("helios/v1/a/ack")).Key);
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
