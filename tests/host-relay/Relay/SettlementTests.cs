using Helios.Relay;
using Helios.Tests.HostRelay.Control;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>A reading that settles is worth its gas, although it mints nothing.</summary>
public class SettlementTests
{
    [Fact(Timeout = 60_000)]
    public async Task What_was_delivered_is_submitted_at_once_while_something_is_open()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var consumer = await Consumer.MoveInAsync(deployment);
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        // Nothing is open, so nothing would be settled: it waits until it is due.
        await connection.DeliverAsync(consumer.Meter, consumer.Meter.Sign(2, 1_000, 10));
        await deployment.SettleAsync(relay);
        Assert.Equal(0, relay.Figures.Accepted);

        await consumer.RedeemAsync(300);
        await connection.DeliverAsync(consumer.Meter, consumer.Meter.Sign(3, 1_000, 250));
        await deployment.SettleAsync(relay);
        Assert.Equal(1, relay.Figures.Accepted);

        // The same registers again settle nothing.
        await connection.DeliverAsync(consumer.Meter, consumer.Meter.Sign(4, 1_000, 250));
        await deployment.SettleAsync(relay);
        Assert.Equal(1, relay.Figures.Accepted);
        Assert.Equal(
            250UL,
            (await deployment.Ledger.RegistersOfAsync(consumer.Meter.Address, ct)).ImportWh);
    }
}
