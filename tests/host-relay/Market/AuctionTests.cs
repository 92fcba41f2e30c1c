using System.Text.Json;
using Helios.Chain;
using Helios.Tests.HostRelay.Chain;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>Auctions, with the program as a person runs it.</summary>
public class AuctionTests
{
    private static readonly UInt128 UnitsPerKwh = 10 * (UInt128)CoinContract.UnitsPerCoin;

    [Fact(Timeout = 180_000)]
    public async Task Bids_and_asks_meet_at_one_price_and_each_withdraws_what_is_his()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        await seller.RecordAsync(3_000);
        var period = await bench.PeriodAsync();

        Assert.Contains(" UTC: no orders.", await bench.RunAsync(null, "book"),
            StringComparison.Ordinal);
        Assert.EndsWith(" UTC: nothing.\n", await bench.RunAsync(null, "history"),
            StringComparison.Ordinal);
        Assert.Equal(
            $"{seller.Address} has placed no orders here.\n",
            await bench.RunAsync(seller, "history", "--own"));
        var asked = await bench.RunAsync(seller, "ask", "3", "0.2");
        Assert.Contains(
            $"Asked no less than 0.2 ETH per kWh for 3 kWh in auction {period}, which ends at ",
            asked, StringComparison.Ordinal);
        Assert.StartsWith(
            $"Bid for 2 kWh at no more than 0.3 ETH per kWh in auction {period}",
            await bench.RunAsync(buyer, "bid", "2", "0.3"), StringComparison.Ordinal);
        using (var book = JsonDocument.Parse(await bench.RunAsync(null, "book", "--json")))
        {
            Assert.Equal(
                [("0.3", "2", "0", "2", "3"), ("0.2", "0", "3", "2", "3")],
                book.RootElement.EnumerateArray().Select(static level => (
                    Text(level, "price"), Text(level, "bidsKwh"), Text(level, "asksKwh"),
                    Text(level, "demandKwh"), Text(level, "supplyKwh"))));
        }

        Assert.StartsWith(
            "The auction ends at ", await bench.RefusedAsync(buyer, "clear", $"{period}"),
            StringComparison.Ordinal);
        Assert.Equal(
            "No auction that has ended waits to be cleared.\n",
            await bench.RunAsync(buyer, "clear"));
        Assert.StartsWith(
            "There is nothing to withdraw", await bench.RefusedAsync(seller, "withdraw"),
            StringComparison.Ordinal);

        await bench.NextPeriodAsync();
        var cleared = await bench.RunAsync(buyer, "clear");
        Assert.Contains(
            $"Auction {period} is cleared: 2 kWh moved at 0.2 ETH per kWh, for 0.4 ETH in all.",
            cleared, StringComparison.Ordinal);
        Assert.Equal(3, cleared.Trim().Split('\n').Length);
        Assert.Contains(
            "cleared, not settled", await bench.RunAsync(seller, "history", "--own"),
            StringComparison.Ordinal);

        var other = new Address([.. new byte[19], 1]);
        var sold = await bench.RunAsync(seller, "withdraw", "--to", $"{other}");
        Assert.Equal(
            $"The ask in auction {period}: 2 of 3 kWh moved.\n"
            + $"Paid 1 kWh in coins and 0.4 ETH to {other}.\n",
            sold);
        Assert.Equal(UnitsPerKwh, await bench.CoinsOfAsync(other));
        Assert.Equal(
            (UInt128)400_000_000_000_000_000,
            await bench.Deployment.Node.BalanceWeiAsync(other, ct));
        Assert.Equal(
            $"The bid in auction {period}: 2 of 2 kWh moved.\n"
            + $"Paid 2 kWh in coins and 0.2 ETH to {buyer.Address}.\n",
            await bench.RunAsync(buyer, "withdraw"));
        Assert.Equal(
            (UInt128.Zero, UInt128.Zero),
            (await bench.Deployment.Node.BalanceWeiAsync(bench.EnergyMarket, ct),
                await bench.CoinsOfAsync(bench.EnergyMarket)));
        Assert.Contains(
            "settled, 2 kWh at 0.2", await bench.RunAsync(buyer, "history", "--own"),
            StringComparison.Ordinal);
        Assert.Contains(
            $"auction {period}", await bench.RunAsync(null, "history"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_order_that_somebody_settles_meanwhile_keeps_nobody_from_his_money()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (buyer, faster) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        var period = await bench.PeriodAsync();
        await bench.RunAsync(buyer, "bid", "1", "0.3");
        await bench.NextPeriodAsync();
        await bench.RunAsync(buyer, "clear");
        var order = Assert.Single(await new MarketSearch(
            bench.Deployment.Node, bench.EnergyMarket).FindAsync(
                0, (await bench.Deployment.Node.LatestBlockAsync(ct)).Number,
                MarketEvents.ToOrderPlaced, ct, MarketEvents.OrderPlaced));
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var sent = 0;
        proxy.OnRequest = async (request, forward) =>
        {
            if (request.Contains("eth_sendRawTransaction", StringComparison.Ordinal)
                && Interlocked.Increment(ref sent) == 1)
            {
                await faster.SendAsync(
                    bench.EnergyMarket, MarketCalls.SettleOrder(bench.Market.Id, order.Number));
            }

            return await forward();
        };
        var output = new StringWriter();
        await WithdrawCommand.RunAsync(
            bench.Options(buyer) with { RpcUrl = proxy.Url }, null, false, output, ct);

        Assert.Equal(
            $"The bid in auction {period}: settled by somebody meanwhile.\n"
            + $"Paid 0 kWh in coins and 0.3 ETH to {buyer.Address}.\n",
            output.ToString());
    }

    [Fact(Timeout = 120_000)]
    public async Task An_order_enters_the_auction_of_its_block_though_the_newest_block_is_older()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var buyer = await bench.MoveInAsync();
        var period = await bench.PeriodAsync();
        await bench.Deployment.Node.InvokeAsync("evm_increaseTime", ct, MarketBench.PeriodS);

        Assert.Contains(
            $" in auction {period + 1}, ", await bench.RunAsync(buyer, "bid", "1", "0.3"),
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_ask_takes_nothing_of_what_is_allowed_for_offers()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var seller = await bench.MoveInAsync();
        await seller.RecordAsync(3_000);
        var file = bench.PathOf("offer.json");
        await bench.RunAsync(seller, "sell", "1", "0.25", file);
        await bench.RunAsync(seller, "ask", "1.5", "0.2");

        var coin = new TokenContract(bench.Deployment.Node, bench.Coin);
        Assert.Equal(
            UnitsPerKwh, await coin.AllowanceAsync(seller.Address, bench.EnergyMarket, ct));
        using var account = JsonDocument.Parse(await bench.RunAsync(seller, "account", "--json"));
        var coins = account.RootElement[0];
        Assert.Equal(
            ("1.5", "1", "0"),
            (Text(coins, "has"), Text(coins, "marketMayTake"), Text(coins, "canBeWithdrawn")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Anyone_makes_and_finds_a_market()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var trader = await bench.MoveInAsync();
        var token = await bench.TokenForAsync(trader);

        var made = await bench.RunAsync(
            trader, "create", "--token", $"{token}", "--lot-wh", "250", "--tick", "0.004");
        var facts = new MarketFacts(default, token, 250, 1_000_000_000_000_000);
        var expected = $"{facts.ToId()} is made: lots of 0.25 kWh, 0.004 to 4.096 HEC per kWh.";
        Assert.Equal($"The market {expected}\n", made);
        Assert.Contains(
            "was there already", await bench.RunAsync(
                trader, "create", "--token", $"{token}", "--lot-wh", "250", "--tick", "0.004"),
            StringComparison.Ordinal);
        Assert.Equal(facts with { Id = facts.ToId() }, await bench.Contract.MarketOfAsync(
            facts.ToId(), ct));
        using var list = JsonDocument.Parse(await bench.RunAsync(null, "list", "--json"));
        Assert.Equal(
            [("the chain's own coin", "0.1", "0.001"), ($"{token}", "0.25", "0.004")],
            list.RootElement.EnumerateArray().Select(static market => (
                Text(market, "token"), Text(market, "lotKwh"), Text(market, "tickPrice"))));
        Assert.Contains(
            "the nearest is 0.000000000000000004 or 0.000000000000000008.",
            await bench.RefusedAsync(
                trader, "create", "--lot-wh", "250", "--tick", "0.000000000000000005"),
            StringComparison.Ordinal);
    }

    private static string Text(JsonElement row, string name) =>
        row.GetProperty(name).GetString()!;
}
