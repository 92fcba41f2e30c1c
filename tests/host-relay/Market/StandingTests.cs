using System.Text.Json;
using Helios.Chain;

namespace Helios.Tests.HostRelay.Market;

/// <summary>Standing orders, made and ended with the program.</summary>
public class StandingTests
{
    [Fact(Timeout = 180_000)]
    public async Task A_budget_is_what_the_market_may_take_in_all_and_ends_with_the_order()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var consumer = await bench.MoveInAsync();
        var token = new TokenContract(bench.Deployment.Node, await bench.TokenForAsync(consumer));
        string[] market = ["--market", $"{(await bench.MakeMarketAsync(token.Address)).Id}"];
        var meter = $"{consumer.Meter.Address}";
        Task<UInt128> AllowedAsync(TokenContract of) =>
            of.AllowanceAsync(consumer.Address, bench.EnergyMarket, ct);

        foreach (var (price, budget) in new[] { ("0.2", 5u), ("0.3", 5u), ("0.3", 4u) })
        {
            await bench.RunAsync(
                consumer,
                ["standing", "buy", meter, "1", "1", price, "--budget", $"{budget}", .. market]);
            Assert.Equal(budget * (UInt128)CoinContract.UnitsPerCoin, await AllowedAsync(token));
        }

        var ended = await bench.RunAsync(consumer, "standing", "end", meter, "buy");
        Assert.Contains(
            "The market may now take no HEC of this account", ended, StringComparison.Ordinal);
        Assert.Equal(UInt128.Zero, await AllowedAsync(token));

        var coin = new TokenContract(bench.Deployment.Node, bench.Coin);
        await bench.RunAsync(consumer, ["standing", "sell", meter, "0.2", .. market]);
        Assert.Equal(UInt128.MaxValue, await AllowedAsync(coin));
        await bench.RunAsync(consumer, "standing", "end", meter, "sell");
        Assert.Equal(UInt128.Zero, await AllowedAsync(coin));
    }

    [Fact(Timeout = 180_000)]
    public async Task Standing_orders_are_made_shown_and_ended()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (producer, consumer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        var token = await bench.TokenForAsync(consumer);
        var market = $"{(await bench.MakeMarketAsync(token)).Id}";
        Task<string> RunAsync(Trader trader, params string[] arguments) =>
            bench.RunAsync(trader, ["--market", market, "standing", .. arguments]);

        var sells = await RunAsync(producer, "sell", $"{producer.Meter.Address}", "0.2");
        Assert.Contains(
            "is sold at no less than 0.2 HEC per kWh, in lots of 0.1 kWh.\nThe market may now "
            + "take all coins of this account", sells, StringComparison.Ordinal);
        Assert.DoesNotContain("earned before", sells, StringComparison.Ordinal);
        Assert.Contains(
            "What it earned before, and the last order does not offer, stays in the account",
            await RunAsync(producer, "sell", $"{producer.Meter.Address}", "0.25"),
            StringComparison.Ordinal);
        Assert.Contains(
            "say with --budget how much in all.",
            await bench.RefusedAsync(
                consumer, "--market", market, "standing", "buy", $"{consumer.Meter.Address}",
                "1", "5", "0.3"),
            StringComparison.Ordinal);
        var buys = await RunAsync(
            consumer, "buy", $"{consumer.Meter.Address}", "1.25", "5", "0.3", "--budget", "20");
        Assert.Equal(
            $"1.25 kWh are kept open on meter {consumer.Meter.Address}, bought at no more than "
            + "0.3 HEC per kWh and 5 kWh a day.\n"
            + $"The market may now redeem for meter {consumer.Meter.Address}.\n"
            + "The market may now take 20 HEC of this account in all.\n",
            buys);
        Assert.Equal(
            20 * (UInt128)CoinContract.UnitsPerCoin,
            await new TokenContract(bench.Deployment.Node, token).AllowanceAsync(
                consumer.Address, bench.EnergyMarket, ct));

        using (var shown = JsonDocument.Parse(await RunAsync(
            consumer, "show", $"{consumer.Meter.Address}", "--json")))
        {
            var row = Assert.Single(shown.RootElement.EnumerateArray().ToArray());
            Assert.Equal(
                ("buys", "0.3", "keeps 1.25, at most 5 a day"),
                (row.GetProperty("does").GetString(), row.GetProperty("limit").GetString(),
                    row.GetProperty("kwh").GetString()));
        }

        await RunAsync(consumer, "end", $"{consumer.Meter.Address}", "buy");
        await RunAsync(producer, "end", $"{producer.Meter.Address}", "sell");
        foreach (var trader in new[] { consumer, producer })
        {
            Assert.Contains(
                "has no standing order in this market.",
                await RunAsync(trader, "show", $"{trader.Meter.Address}"),
                StringComparison.Ordinal);
        }
    }
}
