using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// A bid of one person meets the ask of another in an auction of a neighbourhood that runs, by the
/// words of the command line.
/// </summary>
public sealed class TradeByHandTests
{
    private const ulong WhPerCoin = 100;
    private const ulong CoinsMin = 20;
    private const string Kwh = "0.2";
    private const int TriesMax = 8;

    // The best limits that there are: whatever the neighbours want, both are filled.
    private const string LowestPrice = "0.001";
    private const string HighestPrice = "1.024";

    [Fact]
    public async Task A_bid_meets_an_ask_in_an_auction_and_each_withdraws_what_is_his()
    {
        var series = Path.Combine(Path.GetTempPath(), $"helios-{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(
            series,
            ["time,watts", .. Enumerable.Range(0, 48).Select(static hour => string.Create(
                CultureInfo.InvariantCulture,
                $"{new DateTime(2025, 6, 1).AddHours(hour):yyyy-MM-dd HH:mm},6000"))],
            TestContext.Current.CancellationToken);
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(),
            "--pv", series, "--column", "watts", "--meters", "2", "--consumers", "1",
            "--wh-per-coin", $"{WhPerCoin}", "--speed", "60");
        var place = await NeighbourhoodPlace.ReadAsync(run);
        File.Delete(series);
        await place.WaitForCoinsAsync(run, CoinsMin);
        using var reading = run.ReadOn();

        var (seller, buyer) = (place["SELLER"], place["BUYER"]);
        var auction = await MeetAsync(place, seller, buyer);
        var (asked, bidden) = (
            await BecameOfAsync(place, seller, auction, "ask"),
            await BecameOfAsync(place, buyer, auction, "bid"));

        Assert.StartsWith($"settled, {Kwh} kWh at ", asked, StringComparison.Ordinal);
        Assert.Equal(asked, bidden);
        var price = decimal.Parse(asked.Split(' ')[^1], CultureInfo.InvariantCulture);
        var received = await MarketAsync(place, seller, "withdraw");
        Assert.Contains(" in coins and ", received, StringComparison.Ordinal);
        var money = decimal.Parse(
            received.Split(" in coins and ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.True(money >= price * decimal.Parse(Kwh, CultureInfo.InvariantCulture));
        var bought = await MarketAsync(place, buyer, "withdraw");
        Assert.Contains(" kWh in coins and ", bought, StringComparison.Ordinal);
        Assert.True(await place.CoinsOfAsync(buyer) >= 2 * (UInt128)CoinContract.UnitsPerCoin);
        run.Interrupt();
    }

    // Time flies there: until both are in one auction. What is bid for alone is bought of others.
    private static async Task<uint> MeetAsync(
        NeighbourhoodPlace place, string seller, string buyer)
    {
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            var auctions = await Task.WhenAll(
                OrderAsync(place, seller, "ask", Kwh, LowestPrice),
                OrderAsync(place, buyer, "bid", Kwh, HighestPrice));
            if (auctions[0] is { } auction && auctions[1] == auction)
            {
                return auction;
            }
        }

        throw new InvalidOperationException("Ask and bid never came to the same auction.");
    }

    // Null: it ended between the look at the clock and the block.
    private static async Task<uint?> OrderAsync(
        NeighbourhoodPlace place, string key, params string[] order)
    {
        var (exitCode, said, errors) = await RunAsync(place, key, order);
        if (exitCode != 0)
        {
            Assert.EndsWith("again.\n", errors, StringComparison.Ordinal);
            return null;
        }

        return uint.Parse(
            said.Split(" in auction ")[1].Split(',')[0], CultureInfo.InvariantCulture);
    }

    // The neighbourhood's keeper clears and settles.
    private static async Task<string> BecameOfAsync(
        NeighbourhoodPlace place, string key, uint auction, string side)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var orders = JsonDocument.Parse(
                await MarketAsync(place, key, "history", "--own", "--json"));
            var state = orders.RootElement.EnumerateArray().Single(order =>
                order.GetProperty("auction").GetUInt32() == auction
                && order.GetProperty("side").ValueEquals(side)).GetProperty("state").GetString()!;
            if (state.StartsWith("settled", StringComparison.Ordinal)
                || watch.Elapsed > TimeSpan.FromMinutes(5))
            {
                return state;
            }
        }
    }

    private static async Task<string> MarketAsync(
        NeighbourhoodPlace place, string key, params string[] arguments)
    {
        var (exitCode, said, errors) = await RunAsync(place, key, arguments);
        Assert.Equal((0, ""), (exitCode, errors));
        return said;
    }

    private static async Task<(int ExitCode, string Said, string Errors)> RunAsync(
        NeighbourhoodPlace place, string key, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Helios.HostRelay.dll"), "market",
            },
            Environment =
            {
                ["HELIOS_CHAIN_ID"] = "31337",
                ["HELIOS_RPC_URL"] = place["HELIOS_RPC_URL"],
                ["HELIOS_RPC_TIMEOUT_MS"] = "60000",
                ["HELIOS_ENERGY_MARKET"] = place["HELIOS_ENERGY_MARKET"],
                ["HELIOS_MARKET"] = place["HELIOS_MARKET"],
                ["HELIOS_ACCOUNT_KEY"] = key,
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var ct = TestContext.Current.CancellationToken;
        using var market = Process.Start(start)!;
        var errors = market.StandardError.ReadToEndAsync(ct);
        var said = await market.StandardOutput.ReadToEndAsync(ct);
        await market.WaitForExitAsync(ct);
        return (market.ExitCode, said, await errors);
    }
}
