using Helios.Chain;

namespace Helios.Trading;

/// <summary>Prints an auction's orders, level by level.</summary>
internal static class BookCommand
{
    /// <param name="options">Which market.</param>
    /// <param name="period">Which auction; null: the one that is on in the newest block.</param>
    /// <param name="listing">Where it is printed.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, uint? period, Listing listing, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var periodS = await session.Contract.PeriodSAsync(ct);
        var chosen = period ?? (uint)(session.Head.Timestamp / periodS);
        var book = await session.Contract.BookOfAsync(session.Market.Id, chosen, ct);
        var auction = (await session.Contract.AuctionsOfAsync(
            session.Market.Id, [chosen], ct))[0];
        var rows = RowsOf(session.Steps, book);
        listing.Print(
            rows,
            $"Auction {chosen}, {ChainTime.Of((ulong)chosen * periodS)} to "
                + $"{ChainTime.Of((chosen + 1UL) * periodS)}: "
                + StateOf(session, auction, rows.Count),
            ($"{session.Steps.Symbol} per kWh", true, static row => row.Price),
            ("bids kWh", true, static row => row.BidsKwh),
            ("asks kWh", true, static row => row.AsksKwh),
            ("wanted at it", true, static row => row.DemandKwh),
            ("to be had at it", true, static row => row.SupplyKwh));
        return 0;
    }

    // Settling takes orders out of the book.
    private static string StateOf(MarketSession session, Auction auction, int levels)
    {
        if (auction.IsCleared)
        {
            return $"cleared, {Clearing.ResultOf(session, auction)}.";
        }

        return levels == 0 ? "no orders." : "not cleared.";
    }

    // The highest price first, as books are read.
    private static List<BookRow> RowsOf(MarketSteps steps, IReadOnlyList<BookLevel> book)
    {
        var rows = new List<BookRow>();
        var supply = book.Aggregate(0UL, static (sum, level) => sum + level.Asks);
        var demand = 0UL;
        for (var ticks = book.Count; ticks > 0; ticks--)
        {
            var level = book[ticks - 1];
            demand += level.Bids;
            if (level.Bids + level.Asks > 0)
            {
                rows.Add(new BookRow(
                    steps.PriceOf((ushort)ticks),
                    steps.KwhOf(level.Bids),
                    steps.KwhOf(level.Asks),
                    steps.KwhOf(demand),
                    steps.KwhOf(supply)));
            }

            supply -= level.Asks;
        }

        return rows;
    }

    private sealed record BookRow(
        string Price, string BidsKwh, string AsksKwh, string DemandKwh, string SupplyKwh);
}
