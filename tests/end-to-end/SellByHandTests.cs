using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>Somebody sells as the README tells him, in a neighbourhood that runs.</summary>
public sealed class SellByHandTests
{
    private const ulong WhPerCoin = 100;

    private const ulong CoinsMin = 1_000 / WhPerCoin;

    [Fact]
    public async Task The_words_of_the_README_sell_a_first_kilowatt_hour()
    {
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(),
            "--meters", "6", "--wh-per-coin", $"{WhPerCoin}", "--speed", "2000");
        var place = await PlaceAsync(run);
        await WaitForCoinsAsync(run, place);
        place["OFFER"] = Path.Combine(Path.GetTempPath(), $"helios-{Guid.NewGuid():N}.json");

        // Nobody reads the neighbourhood's lines from here on; a pipe that is full would stop it.
        using var reading = new CancellationTokenSource();
        var rest = ReadAsync(run, reading.Token);
        var printed = await ReadmeWalk.RunAsync("Sell your first kilowatt-hour", place);
        File.Delete(place["OFFER"]);
        await reading.CancelAsync();
        await rest;

        var seller = new SenderKey(Hex.Parse(place["SELLER"])).Address;
        var buyer = new SenderKey(Hex.Parse(place["BUYER"])).Address;
        Assert.Contains("The market may now take another 1 kWh in coins.", printed);
        Assert.Contains(printed, line => line.StartsWith(
            "The offer of 1 kWh at 0.25 ETH per kWh, until ", StringComparison.Ordinal));
        Assert.Contains("1 offer(s) for ETH, the cheapest first:", printed);
        Assert.Contains(printed, line => line.StartsWith(
            $"Bought 1 kWh of {seller} for 0.25 ETH; ", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.Contains(
            $"{buyer} bought of {seller}    1           0.25  0.25", StringComparison.Ordinal));
        run.Interrupt();
    }

    private static async Task ReadAsync(VirtualBoardRun run, CancellationToken end)
    {
        while (!end.IsCancellationRequested && await run.ReadLineAsync() is not null)
        {
            // Only read.
        }
    }

    // What a person would read from the first lines and give the names of the README.
    private static async Task<Dictionary<string, string>> PlaceAsync(VirtualBoardRun run)
    {
        while (await run.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Chain ", StringComparison.Ordinal))
            {
                string[] words =
                [
                    .. line.Split(' ', ','),
                    .. (await run.ReadLineAsync())!.Split(' ', ','),
                    .. (await run.ReadLineAsync())!.Split(' ', ','),
                ];
                string After(string word, int places = 1) =>
                    words[Array.IndexOf(words, word) + places];
                return new Dictionary<string, string>
                {
                    ["HELIOS_RPC_URL"] = After("Chain"),
                    ["LEDGER"] = After("ledger"),
                    ["HELIOS_ENERGY_MARKET"] = After("market"),
                    ["HELIOS_MARKET"] = After("market", 4),
                    ["SELLER"] = After("producer's", 2),
                    ["BUYER"] = After("buyer's", 2),
                };
            }
        }

        throw new InvalidOperationException("The neighbourhood ended before it said where it is.");
    }

    private static async Task WaitForCoinsAsync(
        VirtualBoardRun run, Dictionary<string, string> place)
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = new ChainNode(
            new Uri(place["HELIOS_RPC_URL"]), TimeSpan.FromSeconds(30));
        var ledger = new LedgerContract(node, Address.Parse(place["LEDGER"]));
        var coin = new CoinContract(node, await ledger.CoinAsync(ct));
        var seller = new SenderKey(Hex.Parse(place["SELLER"])).Address;
        while (await coin.BalanceOfAsync(seller, ct)
            < CoinsMin * (UInt128)CoinContract.UnitsPerCoin)
        {
            Assert.NotNull(await run.ReadLineAsync());
        }
    }
}
