namespace Helios.Tests.EndToEnd;

/// <summary>
/// Somebody redeems as the README tells him, in a neighbourhood that runs: the energy flows.
/// </summary>
public sealed class RedeemByHandTests
{
    private const ulong WhPerCoin = 100;

    [Fact]
    public async Task The_words_of_the_README_redeem_a_coin()
    {
        using var hours = new SunnyHours();
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(),
            [.. hours.Arguments, "--meters", "6", "--wh-per-coin", $"{WhPerCoin}"]);
        var place = await NeighbourhoodPlace.ReadAsync(run);
        await place.WaitForCoinsAsync(run, coins: 1);
        var printed = await ReadmeWalk.RunAsync("Redeem with any wallet", place);

        // Three transactions; then up to where energy may flow, and what of it is open.
        Assert.Equal(
            3, printed.Count(line => line.StartsWith("status  ", StringComparison.Ordinal)));
        var views = printed.Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))
            .Select(line => ulong.Parse(line.Split(' ')[0]))
            .ToArray();
        Assert.Equal(2, views.Length);
        Assert.Equal(WhPerCoin, views[0]);
        await place.WaitForDeliveryAsync(run, WhPerCoin);
        run.Interrupt();
    }
}
