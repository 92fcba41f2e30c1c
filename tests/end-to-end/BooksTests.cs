using System.Text.RegularExpressions;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Somebody redeems coins of a house behind its neighbours' backs: the energy flows, and because
/// nobody there knows of it, the books name it.
/// </summary>
public sealed partial class BooksTests
{
    private const ulong WhPerCoin = 100;
    private const ulong CoinsMin = 60;
    private const string Difference = "Difference: ";

    [Fact]
    public async Task Name_what_the_neighbourhood_did_not_do()
    {
        using var hours = new SunnyHours();
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(),
            [
                .. hours.Arguments, "--meters", "6", "--wh-per-coin", $"{WhPerCoin}",
                "--speed", "600", "--once",
            ]);

        var meter = await RedeemACoinAsync(run);
        var (exitCode, output, errors) = await run.EndAsync();

        // A line for a minute at most, and in the end it says that something was traded.
        var lines = output.Split('\n')
            .Where(static line => line.StartsWith("2025-07-", StringComparison.Ordinal))
            .ToArray();
        Assert.Distinct(lines.Select(static line => line.Split(": ")[0]));
        Assert.Matches("[1-9][.0-9]* kWh traded for [0-9.]*[1-9][0-9.]* PLAY, ", lines[^1]);

        // Nothing but that nobody of the neighbourhood sent this coin: its energy is in order.
        Assert.Equal(("", 1), (errors, exitCode));
        Assert.Collection(
            output.Split('\n')
                .Where(line => line.StartsWith(Difference, StringComparison.Ordinal))
                .Select(line => line[Difference.Length..])
                .Order(StringComparer.Ordinal),
            line => AssertApart($"{meter}: Wh at enrolment and redeemed are", line),
            line => AssertApart($"{meter}: Wh that the owner and the market sent are", line),
            line => Assert.StartsWith($"{meter}: coins earned, bought and", line),
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
        Assert.Equal(WhPerCoin, numbers[^1] - numbers[0]);
    }

    // As its owner, whom anvil lets anybody play; nobody else waits for the nonce meanwhile.
    private static async Task<Address> RedeemACoinAsync(VirtualBoardRun run)
    {
        var ct = TestContext.Current.CancellationToken;
        var (url, at) = await PlaceAsync(run);
        using var node = new ChainNode(url, TimeSpan.FromSeconds(30));
        var ledger = new LedgerContract(node, at);
        var coin = await ledger.CoinAsync(ct);
        var redemptions = await ledger.RedemptionsAsync(ct);

        var (meter, owner) = await SpareCoinsAsync(
            run,
            node,
            ledger,
            new CoinContract(node, coin),
            new RedemptionsContract(node, redemptions, at));
        await node.InvokeAsync("anvil_impersonateAccount", ct, $"{owner}");
        await node.InvokeAsync("eth_sendTransaction", ct, new
        {
            from = $"{owner}",
            to = $"{coin}",
            data = Hex.Of(RedemptionCalls.Transfer(redemptions, CoinContract.UnitsPerCoin)),
        });
        return meter;
    }

    // No line to paste: in such a run nobody is expected to act by hand.
    private static async Task<(Uri Node, Address Ledger)> PlaceAsync(VirtualBoardRun run)
    {
        while (await run.ReadLineAsync() is { } line)
        {
            if (Place().Match(line) is { Success: true } place)
            {
                return (
                    new Uri(place.Groups["url"].Value), Address.Parse(place.Groups["at"].Value));
            }
        }

        throw new InvalidOperationException("The neighbourhood ended before it said where it is.");
    }

    // Who redeems by hand has some to spare around noon, more than he redeems meanwhile.
    private static async Task<(Address Meter, Address Owner)> SpareCoinsAsync(
        VirtualBoardRun run,
        ChainNode node,
        LedgerContract ledger,
        CoinContract coin,
        RedemptionsContract redemptions)
    {
        var ct = TestContext.Current.CancellationToken;
        while (await run.ReadLineAsync() is not null)
        {
            var head = await node.LatestBlockAsync(ct);
            foreach (var meter in await redemptions.RedeemedForAsync(0, head.Number, ct))
            {
                var owner = await ledger.OwnerOfAsync(meter, ct);
                if (await coin.BalanceOfAsync(owner, ct)
                    >= CoinsMin * (UInt128)CoinContract.UnitsPerCoin)
                {
                    return (meter, owner);
                }
            }
        }

        throw new InvalidOperationException("Nobody ever had coins to spare.");
    }

    [GeneratedRegex("^Chain (?<url>.+), ledger (?<at>.+)$", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
