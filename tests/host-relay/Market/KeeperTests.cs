using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>The keeper: what anyone may do, done without any privilege.</summary>
public class KeeperTests
{
    [Fact(Timeout = 300_000)]
    public async Task Over_several_periods_what_is_earned_is_sold_bought_and_redeemed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        var keeper = await bench.MoveInAsync();
        var log = new LogLines();
        using var keeping = await MarketKeeper.OpenAsync(
            street.Options(keeper) with { Log = log }, ct);

        for (var period = 1UL; period <= 5; period++)
        {
            await street.LiveAsync(period);
            Assert.True(await keeping.PassAsync(ct));
            await bench.NextPeriodAsync();
            Assert.True(await keeping.PassAsync(ct));
        }

        await street.AddsUpAsync();
        Assert.True(await street.RedeemedWhAsync() >= 2_500);
        Assert.NotEmpty(log.Containing("Cleared auction"));
        Assert.NotEmpty(log.Containing("Redeemed "));
        Assert.Empty(log.Containing("Not done"));
    }

    [Fact(Timeout = 300_000)]
    public async Task Two_keepers_at_once_do_everything_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        MarketKeeper[] keepers =
        [
            await MarketKeeper.OpenAsync(street.Options(await bench.MoveInAsync()), ct),
            await MarketKeeper.OpenAsync(street.Options(await bench.MoveInAsync()), ct),
        ];
        for (var period = 1UL; period <= 4; period++)
        {
            await street.LiveAsync(period);
            await Task.WhenAll(keepers.Select(one => one.PassAsync(ct)));
            await bench.NextPeriodAsync();
            await Task.WhenAll(keepers.Select(one => one.PassAsync(ct)));
        }

        await street.AddsUpAsync();
        Assert.True(await street.RedeemedWhAsync() >= 2_000);
        foreach (var keeper in keepers)
        {
            keeper.Dispose();
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task Killed_in_the_middle_the_next_one_goes_on_where_it_was()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        var keeper = await bench.MoveInAsync();
        var variables = bench.Variables(keeper);
        variables["HELIOS_MARKET"] = $"{street.Market.Id}";
        string[] words = ["bids for", "Walked on", "Settled the", "Redeemed"];
        for (var period = 1; period <= words.Length; period++)
        {
            await using var program = Program.HostRelay.Start(variables, "market", "keep");
            await street.FloodAsync(bids: 1);
            await street.LiveAsync((ulong)period);
            await program.SaysAsync("asks for");
            await bench.NextPeriodAsync();
            await program.SaysAsync(words[period - 1]);
            await program.KillAsync();
        }

        using var last = await MarketKeeper.OpenAsync(street.Options(keeper), ct);
        Assert.True(await last.PassAsync(ct));
        await bench.NextPeriodAsync();
        Assert.True(await last.PassAsync(ct));
        await street.AddsUpAsync();
        await using var interrupted = Program.HostRelay.Start(variables, "market", "keep");
        await interrupted.SaysAsync("Keeping market");
        Assert.Equal(0, await interrupted.InterruptAsync());
    }

    [Fact(Timeout = 300_000)]
    public async Task A_dead_node_delays_and_nothing_else()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var log = new LogLines();
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(await bench.MoveInAsync()) with { RpcUrl = proxy.Url, Log = log }, ct);
        await street.LiveAsync(1);

        // Each request in turn gets no answer, after the node did what it asked for.
        var requests = 0;
        var fails = 0;
        proxy.OnRequest = async (_, forward) =>
        {
            var answer = await forward();
            return Interlocked.Increment(ref requests) == fails ? null : answer;
        };
        var passes = 0;
        for (fails = 1; requests < 400 && passes < 2; fails++)
        {
            requests = 0;
            var done = await keeper.PassAsync(ct);
            if (done && requests < fails)
            {
                passes++;
                fails = 0;
                await bench.NextPeriodAsync();
            }
        }

        fails = -1;
        Assert.True(await keeper.PassAsync(ct));
        Assert.NotEmpty(log.Containing("The keeper tries again."));
        await bench.NextPeriodAsync();
        Assert.True(await keeper.PassAsync(ct));
        await street.AddsUpAsync();
    }

    [Fact(Timeout = 300_000)]
    public async Task What_was_sent_before_a_restart_is_not_sent_again_while_it_waits()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        var keeper = await bench.MoveInAsync();
        await street.LiveAsync(1);
        await bench.Deployment.Node.InvokeAsync("evm_setAutomine", ct, false);
        var hasty = street.Options(keeper) with { ConfirmTimeLimit = TimeSpan.FromSeconds(1) };
        using (var first = await MarketKeeper.OpenAsync(hasty, ct))
        {
            Assert.False(await first.PassAsync(ct));
        }

        var sent = await bench.Deployment.Node.NextNonceAsync(keeper.Address, ct);
        Assert.True(sent > 0);
        var log = new LogLines();
        using var second = await MarketKeeper.OpenAsync(hasty with { Log = log }, ct);
        Assert.True(await second.PassAsync(ct));
        Assert.Equal(sent, await bench.Deployment.Node.NextNonceAsync(keeper.Address, ct));
        Assert.NotEmpty(log.Containing($"of {keeper.Address} wait for a block"));

        await bench.Deployment.Node.InvokeAsync("evm_setAutomine", ct, true);
        await bench.Deployment.MineAsync(1);
        await bench.NextPeriodAsync();
        Assert.True(await second.PassAsync(ct));
        await bench.NextPeriodAsync();
        Assert.True(await second.PassAsync(ct));
        await street.AddsUpAsync();
    }

    [Fact(Timeout = 300_000)]
    public async Task A_flood_of_tiny_orders_keeps_a_standing_order_out_of_no_auction()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await street.LiveAsync(1);
        await street.FloodAsync(bids: 80);
        await bench.NextPeriodAsync();

        // Half a minute for each transaction: settling the flood outlasts two auctions.
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        OnEachSend(proxy, () => bench.Deployment.Node.InvokeAsync("evm_increaseTime", ct, 30));
        var first = await bench.PeriodAsync();
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(await bench.MoveInAsync()) with { RpcUrl = proxy.Url }, ct);
        Assert.True(await keeper.PassAsync(ct));

        var last = await bench.PeriodAsync();
        Assert.True(last >= first + 2);
        Assert.Equal(
            Enumerable.Range((int)first, (int)(last - first) + 1),
            (await street.EnteredAsync()).Select(static period => (int)period));
        await street.AddsUpAsync();
    }

    [Fact(Timeout = 300_000)]
    public async Task A_backlog_of_auctions_keeps_a_standing_order_out_of_none()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        for (var auction = 0; auction < 18; auction++)
        {
            await street.FloodAsync(bids: 1);
            await bench.NextPeriodAsync();
        }

        // Half a minute for each transaction: clearing the backlog outlasts an auction.
        await street.LiveAsync(1);
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        OnEachSend(proxy, () => bench.Deployment.Node.InvokeAsync("evm_increaseTime", ct, 30));
        var first = await bench.PeriodAsync();
        var log = new LogLines();
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(await bench.MoveInAsync()) with { RpcUrl = proxy.Url, Log = log }, ct);
        Assert.True(await keeper.PassAsync(ct));

        var last = await bench.PeriodAsync();
        Assert.True(last >= first + 1);
        Assert.Equal(
            Enumerable.Range((int)first, (int)(last - first) + 1),
            (await street.EnteredAsync()).Select(static period => (int)period));
        Assert.True(log.Containing("Cleared auction").Length >= 18);
        await street.AddsUpAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_keeper_that_cannot_pay_says_so_and_does_not_try_on_and_on()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await street.FloodAsync(bids: 1);
        await bench.NextPeriodAsync();
        await bench.RunAsync(street.Consumer, "--market", $"{street.Market.Id}", "clear");

        var poor = await bench.MoveInAsync();
        await bench.Deployment.Node.InvokeAsync("anvil_setBalance", ct, $"{poor.Address}", "0x0");
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        proxy.OnRequest = async (request, forward) =>
        {
            await bench.Deployment.MineAsync(1);
            return await forward();
        };
        var log = new LogLines();
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(poor) with { RpcUrl = proxy.Url, Log = log }, ct);
        Assert.True(await keeper.PassAsync(ct));
        Assert.Single(log.Containing("Not done: settling order"));
    }

    [Fact(Timeout = 300_000)]
    public async Task A_standing_order_in_another_market_and_small_orders_are_left_alone()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await street.LiveAsync(1);
        var bidder = await bench.MoveInAsync();
        await bench.RunAsync(bidder, "bid", "0.1", "0.5");
        await bench.RunAsync(bidder, "bid", "0.2", "0.5");
        await bench.NextPeriodAsync();
        var period = await bench.PeriodAsync();

        var keeper = await bench.MoveInAsync();
        var log = new LogLines();
        using var elsewhere = await MarketKeeper.OpenAsync(
            bench.Options(keeper) with { SettledLotsMin = 2, Log = log }, ct);
        Assert.True(await elsewhere.PassAsync(ct));
        Assert.Empty(log.Containing("Not done"));
        var auctions = await bench.Contract.AuctionsOfAsync(bench.Market.Id, [period - 1], ct);
        Assert.True(auctions[0].IsCleared);
        var credit = await bench.Contract.CreditOfAsync(default, bidder.Address, ct);
        Assert.Equal((UInt128)100_000_000_000_000_000, credit.Money);
        Assert.All(
            await bench.Contract.SalesOfAsync([street.Producer.Meter.Address], ct),
            static sale => Assert.Equal(0u, sale.OrderLots));
    }

    private static void OnEachSend(FaultProxy proxy, Func<Task> act) =>
        proxy.OnRequest = async (request, forward) =>
        {
            if (request.Contains("eth_sendRawTransaction", StringComparison.Ordinal))
            {
                await act();
            }

            return await forward();
        };
}
