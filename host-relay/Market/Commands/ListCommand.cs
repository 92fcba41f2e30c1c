using Helios.Chain;

namespace Helios.Trading;

/// <summary>Prints the markets that somebody made.</summary>
internal static class ListCommand
{
    public static async Task<int> RunAsync(
        MarketOptions options, Listing listing, CancellationToken ct)
    {
        using var session = await MarketSession.OpenContractAsync(options, ct);
        var found = await new MarketSearch(session.Node, session.Contract.Address).FindAsync(
            options.FromBlock, session.Head.Number, MarketEvents.ToMarket, ct,
            MarketEvents.MarketCreated);
        var rows = new List<MarketRow>();
        foreach (var market in found)
        {
            rows.Add(await RowOfAsync(session, market, ct));
        }

        listing.Print(
            rows,
            rows.Count == 0
                ? "Nobody has made a market yet: make one with `market create`."
                : "Anyone makes a market with any token: look at the token's address.",
            ("market", false, static row => row.Market),
            ("token", false, static row => row.Token),
            ("symbol", false, static row => row.Symbol),
            ("lot kWh", true, static row => row.LotKwh),
            ("tick per kWh", true, static row => row.TickPrice),
            ("highest", true, static row => row.HighestPrice));
        return 0;
    }

    private static async Task<MarketRow> RowOfAsync(
        MarketSession session, MarketFacts market, CancellationToken ct)
    {
        try
        {
            var steps = await session.StepsOfAsync(market, ct);
            return new MarketRow(
                $"{market.Id}",
                market.IsOwnCoin ? "the chain's own coin" : $"{market.Token}",
                steps.Symbol,
                steps.KwhOf(1),
                steps.PriceOf(1),
                steps.PriceOf(MarketFacts.TicksMax));
        }
        catch (BadInputException)
        {
            return new MarketRow(
                $"{market.Id}", $"{market.Token}", "?", MarketSteps.KwhOfWh(market.LotWh), "?",
                "?");
        }
    }

    private sealed record MarketRow(
        string Market,
        string Token,
        string Symbol,
        string LotKwh,
        string TickPrice,
        string HighestPrice);
}
