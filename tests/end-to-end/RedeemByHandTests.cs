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
        var place = await NeighbourhoodPlace.ReadAsync(run, last: "KEY");
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

        // A line for a minute at most, and in the end it says that something was traded.
        var lines = output.Split('\n')
            .Where(static line => line.StartsWith("2025-07-", StringComparison.Ordinal))
            .ToArray();
        Assert.Distinct(lines.Select(static line => line.Split(": ")[0]));
        Assert.Matches("[1-9][.0-9]* kWh traded for [0-9.]*[1-9][0-9.]* PLAY, ", lines[^1]);

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
