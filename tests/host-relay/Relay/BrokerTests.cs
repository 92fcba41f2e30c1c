using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Relay;

public class BrokerTests
{
    [Fact(Timeout = 60_000)]
    public async Task Works_with_a_broker_that_is_not_its_own_and_outlives_its_restart()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        var broker = await PlainBroker.StartAsync();
        var port = broker.Port;
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { BrokerUrl = new Uri($"mqtt://127.0.0.1:{port}") }, ct);
        Assert.Equal(0, relay.BrokerPort);
        await using (var connection = await MeterConnection.OpenAsync(port))
        {
            Assert.Equal(
                1u, (await connection.DeliverAsync(meter, meter.Sign(1, 100))).StoredPagination);
        }

        await broker.DisposeAsync();
        await using var again = await PlainBroker.StartAsync(port);
        await using var second = await MeterConnection.OpenAsync(port);

        // Nobody hears the first of these; the meter repeats, as it does for want of an answer.
        while (relay.Figures.Stored < 2)
        {
            await second.PublishAsync(meter.Topic, meter.Sign(2, 200));
            await Task.Delay(20, ct);
        }

        await second.AcknowledgementAsync(meter, static ack => ack.StoredPagination == 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Tries_a_broker_that_stays_away_once_a_back_off()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var broker = await PlainBroker.StartAsync();
        using var log = new LogLines();
        var url = new Uri($"mqtt://127.0.0.1:{broker.Port}");
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { BrokerUrl = url, Log = log }, ct);

        await broker.DisposeAsync();
        await Condition.MetAsync(() => log.Containing("again in 4 s").Length > 0);

        Assert.Equal(
            ["again in 1 s.", "again in 2 s.", "again in 4 s."],
            log.Containing("Lost the broker").Select(static line => line[^13..]));
        Assert.Equal(2, log.Containing("(Connection refused").Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_why_a_broker_that_is_back_does_not_let_it_in()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var broker = await PlainBroker.StartAsync();
        using var log = new LogLines();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { BrokerUrl = broker.Url, Log = log }, ct);
        await broker.DisposeAsync();

        await using (var stranger = await PlainBroker.StartAsync(broker.Port, static server =>
            server.ValidatingConnectionAsync += static connection =>
            {
                connection.ReasonCode = MqttConnectReasonCode.NotAuthorized;
                return Task.CompletedTask;
            }))
        {
            await Condition.MetAsync(
                () => log.Containing("(it answered NotAuthorized); connecting").Length > 0);
        }

        await using var deaf = await PlainBroker.StartAsync(broker.Port, static server =>
            server.InterceptingSubscriptionAsync += static subscription =>
            {
                subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
                subscription.ProcessSubscription = false;
                return Task.CompletedTask;
            });
        await Condition.MetAsync(() => log.Containing(
            "(it answered NotAuthorized to the subscription); connecting").Length > 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_ends_before_the_PUBACK_ends_nothing_else()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (asked, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var meter = await deployment.MeterAsync();
        var broker = await PlainBroker.StartAsync();
        var port = broker.Port;
        using var log = new LogLines();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                BrokerUrl = new Uri($"mqtt://127.0.0.1:{port}"),
                Log = log,
                RpcUrl = proxy.Url,
            },
            ct);

        // The node takes its time over a meter's first reading.
        proxy.OnRequest = async (request, forward) =>
        {
            if (request.Contains("eth_call", StringComparison.Ordinal))
            {
                asked.TrySetResult();
                await released.Task;
            }

            return await forward();
        };
        await using (var connection = await MeterConnection.OpenAsync(port))
        {
            await connection.PublishAsync(meter.Topic, meter.Sign(1, 100));
            await asked.Task;
        }

        await broker.DisposeAsync();
        await Condition.MetAsync(() => log.Containing("Lost the broker").Length > 0);
        released.SetResult();
        await Condition.MetAsync(() => relay.Figures.Stored == 1);
        await relay.WhenAtRestAsync(ct);

        Assert.False(relay.Completion.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_start_where_the_broker_refuses_the_subscription()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var broker = await PlainBroker.StartAsync(prepare: static server =>
            server.InterceptingSubscriptionAsync += static subscription =>
            {
                subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
                subscription.ProcessSubscription = false;
                return Task.CompletedTask;
            });

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => RelayProcess.StartAsync(
            deployment.Options() with { BrokerUrl = broker.Url }, ct));
        Assert.Contains("subscription", refusal.Message, StringComparison.Ordinal);
    }
}
