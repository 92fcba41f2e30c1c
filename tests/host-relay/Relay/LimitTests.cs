using Helios.Relay;

namespace Helios.Tests.HostRelay.Relay;

public class LimitTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_meter_that_floods_is_limited_and_named_and_no_other_is_held_up()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var flooding = await deployment.MeterAsync();
        var honest = await deployment.MeterAsync();
        using var log = new LogLines();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                Log = log,
                Limits = RelayLimits.None with { ReadingsPerMeterPerS = 1, BurstS = 5 },
            },
            ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        for (uint pagination = 1; pagination <= 60; pagination++)
        {
            await connection.PublishAsync(flooding.Topic, flooding.Sign(pagination, pagination));
        }

        var refused = relay.Figures.Refused[RefusalReason.MeterLimit];
        Assert.InRange(refused, 30, 55);
        Assert.Single(log.Containing($"Meter {flooding.Address} signs more readings than one may"));
        await connection.DeliverAsync(honest, honest.Sign(1, 1));
        Assert.Equal(refused, relay.Figures.Refused[RefusalReason.MeterLimit]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Repeating_what_a_meter_signed_does_not_silence_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                Limits = RelayLimits.None with { ReadingsPerMeterPerS = 1, BurstS = 5 },
            },
            ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        var old = meter.Sign(1, 1);
        for (var i = 0; i < 60; i++)
        {
            await connection.PublishAsync(meter.Topic, old);
        }

        Assert.InRange(relay.Figures.Refused[RefusalReason.MeterLimit], 30, 59);
        await connection.DeliverAsync(meter, meter.Sign(2, 2));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_floods_is_limited_before_a_signature_is_looked_at()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        using var log = new LogLines();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                Log = log,
                Limits = RelayLimits.None with { MessagesPerConnectionPerS = 1, BurstS = 5 },
            },
            ct);
        await using (var flooding = await MeterConnection.OpenAsync(relay.BrokerPort))
        {
            for (var i = 0; i < 60; i++)
            {
                await flooding.PublishAsync(meter.Topic, new byte[99]);
            }
        }

        Assert.InRange(relay.Figures.Refused[RefusalReason.ConnectionLimit], 30, 56);
        Assert.Single(log.Containing("sends more messages than one may"));
        await using var honest = await MeterConnection.OpenAsync(relay.BrokerPort);
        await honest.DeliverAsync(meter, meter.Sign(1, 1));
    }
}
