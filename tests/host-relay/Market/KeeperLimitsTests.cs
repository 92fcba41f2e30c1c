using Helios.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>What a keeper pays at the most, and what of a reorg it sees.</summary>
public class KeeperLimitsTests
{
    private const ulong GasMax = 100_000;
    private const uint WeiPerGwei = 1_000_000_000;

    [Fact(Timeout = 120_000)]
    public async Task A_standing_order_that_needs_more_gas_than_the_keeper_pays_is_left_alone()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await street.LiveAsync(1);
        var keeper = await bench.MoveInAsync();
        var log = new LogLines();
        using (var thrifty = await MarketKeeper.OpenAsync(
            street.Options(keeper) with { StandingGasMax = GasMax, Log = log }, ct))
        {
            Assert.True(await thrifty.PassAsync(ct));
        }

        Assert.NotEmpty(log.Containing($"gas, and {GasMax} are allowed"));
        Assert.Empty(await street.EnteredAsync());
        Assert.Equal(0u, await bench.Deployment.Node.TransactionCountAsync(keeper.Address, ct));

        using var generous = await MarketKeeper.OpenAsync(street.Options(keeper), ct);
        Assert.True(await generous.PassAsync(ct));
        Assert.Single(await street.EnteredAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task Above_the_highest_base_fee_nothing_is_sent_until_it_falls()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await street.LiveAsync(1);
        var keeper = await bench.MoveInAsync();
        var log = new LogLines();
        using var keeping = await MarketKeeper.OpenAsync(
            street.Options(keeper) with { MaxBaseFeePerGasWei = WeiPerGwei, Log = log }, ct);
        async Task PassAtAsync(uint baseFeeWei)
        {
            await bench.Deployment.Node.InvokeAsync(
                "anvil_setNextBlockBaseFeePerGas", ct, Hex.Of((UInt128)baseFeeWei));
            await bench.Deployment.MineAsync(1);
            Assert.True(await keeping.PassAsync(ct));
        }

        await PassAtAsync(WeiPerGwei + 1);
        Assert.Single(log.Containing($"The base fee is {WeiPerGwei + 1} wei per gas"));
        Assert.Equal(0u, await bench.Deployment.Node.TransactionCountAsync(keeper.Address, ct));
        await PassAtAsync(WeiPerGwei);
        Assert.Single(await street.EnteredAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task Orders_that_a_reorg_brings_into_blocks_already_seen_are_settled_too()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        var log = new LogLines();
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(await bench.MoveInAsync()) with { Log = log }, ct);
        Assert.True(await keeper.PassAsync(ct));
        await street.FloodAsync(bids: 6);
        Assert.True(await keeper.PassAsync(ct));

        // Other bids than those that are undone, and the chain is longer than it was.
        await bench.Deployment.Node.InvokeAsync("anvil_rollback", ct, 6);
        var period = await bench.PeriodAsync();
        for (ushort ticks = 2; ticks < 10; ticks++)
        {
            await street.Consumer.SendAsync(
                bench.EnergyMarket, MarketCalls.Bid(street.Market.Id, period, 1, ticks));
        }

        Assert.True(await keeper.PassAsync(ct));
        await bench.NextPeriodAsync();
        Assert.True(await keeper.PassAsync(ct));
        Assert.Equal(8, log.Containing($"Settled the bid of {street.Consumer.Address}").Length);
        Assert.Empty(log.Containing("Not done"));
        await street.AddsUpAsync();
    }
}
