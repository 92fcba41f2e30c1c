using System.Text.RegularExpressions;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>Somebody sells as the README tells him, in a neighbourhood that runs.</summary>
public sealed class SellByHandTests
{
    private const ulong WhPerCoin = 100;

    private const ulong CoinsMin = 1_000 / WhPerCoin;

    private static readonly TimeSpan MatchTimeMax = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_words_of_the_README_sell_a_first_kilowatt_hour()
    {
        using var hours = new SunnyHours();
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(),
            [.. hours.Arguments, "--meters", "6", "--wh-per-coin", $"{WhPerCoin}"]);
        var place = await NeighbourhoodPlace.ReadAsync(run);
        await place.WaitForCoinsAsync(run, CoinsMin);
        place["OFFER"] = Path.Combine(Path.GetTempPath(), $"helios-{Guid.NewGuid():N}.json");

        using var reading = run.ReadOn();
        var printed = await ReadmeWalk.RunAsync("Sell your first kilowatt-hour", place);
        File.Delete(place["OFFER"]);

        var seller = new SenderKey(Hex.Parse(place["SELLER"])).Address;
        var buyer = new SenderKey(Hex.Parse(place["BUYER"])).Address;
        Assert.Contains("The market may now take another 1 kWh in coins.", printed);
        Assert.Contains(printed, line => line.StartsWith(
            "The offer of 1 kWh at 0.25 PLAY per kWh, until ", StringComparison.Ordinal));
        Assert.Contains("1 offer(s) for PLAY, the cheapest first:", printed);
        Assert.Contains(printed, line => line.StartsWith(
            $"Bought 1 kWh of {seller} for 0.25 PLAY; ", StringComparison.Ordinal));
        Assert.Contains(printed, line => Regex.IsMatch(
            line, $" {buyer} bought of {seller} +1 +0\\.25 +0\\.25$", default, MatchTimeMax));
        run.Interrupt();
    }
}
