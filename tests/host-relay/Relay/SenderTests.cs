using Dapper;
using Helios.Chain;
using Helios.Relay;
using Microsoft.Data.Sqlite;

namespace Helios.Tests.HostRelay.Relay;

public class SenderTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_nonce_that_moved_without_the_relay_stops_its_signing_until_it_starts_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3_600);
        using var log = new LogLines();
        var options = deployment.Options() with { Log = log };
        await using (var relay = await RelayProcess.StartAsync(options, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
            await deployment.SettleAsync(relay);

            await SpendAsync(deployment, nonce: 1);
            await deployment.MineAsync(1);
            await relay.WhenAtRestAsync(ct);
            var stored = await connection.DeliverAsync(meter, meter.Sign(2, 900));
            await deployment.SettleAsync(relay);

            Assert.Equal(2u, stored.StoredPagination);
            Assert.Single(log.Containing("another program uses the key"));
            Assert.Equal(1, relay.Figures.Transactions);
        }

        await using var again = await RelayProcess.StartAsync(options, ct);
        await deployment.SettleAsync(again);
        Assert.Equal(9UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_balance_that_cannot_pay_stops_its_signing_until_it_can()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        using var log = new LogLines();
        await SetBalanceAsync(deployment, 1_000);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { Log = log }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await deployment.SettleAsync(relay);
        Assert.Equal(0, relay.Figures.Transactions);
        Assert.Single(log.Containing("holds 1000 wei"));

        await SetBalanceAsync(deployment, UInt128.One << 64);
        await deployment.SettleAsync(relay);
        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_relay_with_the_same_key_ends_the_first()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        using var log = new LogLines();
        await using var first = await RelayProcess.StartAsync(
            deployment.Options() with { Log = log }, ct);
        await using var second = await RelayProcess.StartAsync(deployment.Options(), ct);
        await deployment.MineAsync(600);

        var fenced = await Assert.ThrowsAsync<FencedException>(
            () => first.Completion.WaitAsync(ct));
        Assert.Contains("give each a key of its own", fenced.Message, StringComparison.Ordinal);
        Assert.Equal(
            $"The relay stops: {fenced.Message}", Assert.Single(log.Containing("The relay stops")));
        await using var connection = await MeterConnection.OpenAsync(second.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await deployment.SettleAsync(second);
        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_finalized_block_contains_is_done_with()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync(
            "--no-mining", "--slots-in-an-epoch", "1");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await deployment.SettleAsync(relay);
        Assert.Equal((1L, false), State(deployment));

        for (var i = 0; i < 4; i++)
        {
            await deployment.MineAsync(1);
            await deployment.SettleAsync(relay);
        }

        Assert.Equal((3L, true), State(deployment));
    }

    private static (long State, bool IsEmpty) State(Deployment deployment)
    {
        using var connection = new SqliteConnection(
            $"Data Source={deployment.Options().DatabasePath};Pooling=False");
        connection.Open();
        var (state, length) = connection.QuerySingle<(long, long)>(
            "SELECT state, LENGTH(raw) FROM outgoing");
        return (state, length == 0);
    }

    private static async Task SetBalanceAsync(Deployment deployment, UInt128 wei) =>
        await deployment.Node.InvokeAsync(
            "anvil_setBalance",
            TestContext.Current.CancellationToken,
            deployment.RelayKey.Address.ToString(),
            Hex.Of(wei));

    /// <summary>A transaction with the relay's key that the relay does not know.</summary>
    private static async Task SpendAsync(Deployment deployment, ulong nonce)
    {
        var foreign = new DynamicFeeTransaction
        {
            ChainId = Deployment.ChainId,
            Nonce = nonce,
            MaxPriorityFeePerGasWei = 1_000_000_000,
            MaxFeePerGasWei = 100_000_000_000,
            GasLimit = 21_000,
            To = deployment.RelayKey.Address,
        }.Sign(deployment.RelayKey);
        var (result, reason) = await deployment.Node.BroadcastAsync(
            foreign.Raw, TestContext.Current.CancellationToken);
        Assert.True(result == BroadcastResult.InPool, reason);
    }
}
