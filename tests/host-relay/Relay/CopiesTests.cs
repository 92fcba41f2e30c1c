using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Store;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>Several relays on one PostgreSQL, a sender key each.</summary>
public class CopiesTests(PostgresServer postgres)
{
    private const int Meters = 12;

    [Fact(Timeout = 120_000)]
    public async Task Two_copies_share_the_work_and_submit_no_meter_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meters = await deployment.MetersAsync(Meters);
        await deployment.MineAsync(3_600);
        var options = deployment.Options() with
        {
            DatabasePath = await postgres.NewDatabaseAsync(),
        };
        await using var one = await RelayProcess.StartAsync(options, ct);
        await using var two = await RelayProcess.StartAsync(
            options with { Sender = Anvil.Rich2 }, ct);
        await using var toOne = await MeterConnection.OpenAsync(one.BrokerPort);
        await using var toTwo = await MeterConnection.OpenAsync(two.BrokerPort);

        for (uint pagination = 1; pagination <= 3; pagination++)
        {
            for (var i = 0; i < Meters; i++)
            {
                var connection = (i + pagination) % 2 == 0 ? toOne : toTwo;
                await connection.DeliverAsync(
                    meters[i], meters[i].Sign(pagination, 300 * pagination));
            }
        }

        await deployment.SettleAsync(one);
        await deployment.SettleAsync(two);
        await deployment.SettleAsync(one);

        foreach (var meter in meters)
        {
            Assert.Equal(9UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        }

        Assert.Empty(one.Figures.Skipped);
        Assert.Equal(3 * Meters, one.Figures.Stored);
        Assert.Equal(0, one.Figures.Pending);
        Assert.Equal(9L * Meters, one.Figures.Meters.Sum(static meter => (long)meter.Coins));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_dead_copy_had_signed_the_other_looks_after()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meters = await deployment.MetersAsync(Meters);
        await deployment.MineAsync(3_600);
        var options = deployment.Options() with
        {
            DatabasePath = await postgres.NewDatabaseAsync(),
        };
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = static async (request, forward) =>
                request.Contains("eth_sendRawTransaction", StringComparison.Ordinal)
                    ? null : await forward(),
        };
        await using (var dying = await RelayProcess.StartAsync(
            options with { Sender = Anvil.Rich2, RpcUrl = proxy.Url }, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(dying.BrokerPort);
            foreach (var meter in meters)
            {
                await connection.DeliverAsync(meter, meter.Sign(1, 500));
            }

            await Condition.MetAsync(() => dying.Figures.Transactions > 0);
        }

        await using var living = await RelayProcess.StartAsync(options, ct);
        await deployment.SettleAsync(living);
        await deployment.MineAsync(200);
        await deployment.SettleAsync(living);

        foreach (var meter in meters)
        {
            Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        }

        Assert.Equal((Meters, 0), (living.Figures.Accepted, living.Figures.Unconfirmed));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_database_server_that_goes_and_comes_back_ends_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3_600);
        await using var server = new PostgresServer();
        var database = await server.NewDatabaseAsync();
        using var log = new LogLines();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { DatabasePath = database, Log = log }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));

        await server.KillAsync();
        await connection.PublishAsync(meter.Topic, meter.Sign(2, 900));
        await Condition.MetAsync(() => log.Containing("Nothing is acknowledged").Length > 0);
        await server.StartAgainAsync();

        await connection.RepeatAsync(meter, meter.Sign(2, 900));
        await deployment.SettleAsync(relay);
        Assert.Equal(9UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }
}
