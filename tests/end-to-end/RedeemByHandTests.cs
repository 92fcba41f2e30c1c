using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Somebody redeems as the README tells him, in a neighbourhood that runs: the energy flows, and
/// because nobody there knows of it, the books name it.
/// </summary>
public sealed class RedeemByHandTests
{
    private const ulong WhPerCoin = 100;
    private const ulong RedeemedWh = WhPerCoin;

    // The four hours take 24 s, of which the README's words have more than half.
    private const int Speed = 600;

    // So many that what is redeemed meanwhile leaves some.
    private const ulong CoinsMin = 60;

    private const string Difference = "Difference: ";

    [Fact]
    public async Task The_words_of_the_README_redeem_and_a_neighbourhood_names_what_it_did_not_do()
    {
        using var hours = new SunnyHours();
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(),
            [
                .. hours.Arguments, "--meters", "6", "--wh-per-coin", $"{WhPerCoin}",
                "--speed", $"{Speed}", "--once",
            ]);
        var place = await PlaceAsync(run);
        await WaitForCoinsAsync(run, place);

        var printed = await ReadmeWalk.RunAsync("Redeem with any wallet", place);
        var (exitCode, output, errors) = await run.EndAsync();

        // Three transactions; then up to where energy may flow, and what of it is open.
        Assert.Equal(
            3, printed.Count(line => line.StartsWith("status  ", StringComparison.Ordinal)));
        var views = printed.Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))
            .Select(line => ulong.Parse(line.Split(' ')[0]))
            .ToArray();
        Assert.Equal(2, views.Length);
        Assert.InRange(views[1], RedeemedWh, views[0]);

        // Nothing but that nobody of the neighbourhood sent those coins: their energy is in order.
        Assert.Equal(("", 1), (errors, exitCode));
        Assert.Collection(
            output.Split('\n')
                .Where(line => line.StartsWith(Difference, StringComparison.Ordinal))
                .Select(line => line[Difference.Length..])
                .Order(StringComparer.Ordinal),
            line => AssertApart($"{place["METER"]}: Wh at enrolment and redeemed are", line),
            line => AssertApart(
                $"{place["METER"]}: Wh that the owner and the market sent are", line),
            line => Assert.StartsWith($"{place["METER"]}: coins earned, bought and", line),
            line => Assert.StartsWith("all: coins burned, refunded and escrowed are", line));
    }

    private static void AssertApart(string start, string difference)
    {
        var numbers = difference.Split(' ')
            .Select(word => word.Trim(',', '.'))
            .Where(word => word.All(char.IsAsciiDigit))
            .Select(word => ulong.Parse(word))
            .ToArray();
        Assert.StartsWith(start, difference);
        Assert.Equal(RedeemedWh, numbers[^1] - numbers[0]);
    }

    // What a person would read from the first lines and call as the README does.
    private static async Task<Dictionary<string, string>> PlaceAsync(VirtualBoardRun run)
    {
        while (await run.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ', ',');
            if (line.StartsWith("Chain ", StringComparison.Ordinal))
            {
                var owner = (await run.ReadLineAsync())!.Split(' ', ',');
                return new Dictionary<string, string>
                {
                    ["ETH_RPC_URL"] = words[1],
                    ["LEDGER"] = words[^1],
                    ["METER"] = owner[Array.IndexOf(owner, "meter") + 1],
                    ["KEY"] = owner[Array.IndexOf(owner, "key") + 1],
                };
            }
        }

        throw new InvalidOperationException("The neighbourhood ended before it said where it is.");
    }

    private static async Task WaitForCoinsAsync(
        VirtualBoardRun run, Dictionary<string, string> place)
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = new ChainNode(new Uri(place["ETH_RPC_URL"]), TimeSpan.FromSeconds(30));
        var ledger = new LedgerContract(node, Address.Parse(place["LEDGER"]));
        var coin = new CoinContract(node, await ledger.CoinAsync(ct));
        var owner = new SenderKey(Hex.Parse(place["KEY"])).Address;
        while (await coin.BalanceOfAsync(owner, ct) < CoinsMin * (UInt128)CoinContract.UnitsPerCoin)
        {
            Assert.NotNull(await run.ReadLineAsync());
        }
    }
}
