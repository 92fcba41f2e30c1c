using Helios.Chain;

namespace Helios.Trading;

/// <summary>Prints what was traded, or what became of the account's own orders.</summary>
internal static class HistoryCommand
{
    private const int BlocksPerRequest = 200;

    /// <param name="options">Which market.</param>
    /// <param name="days">How far back, by the chain's clock.</param>
    /// <param name="listing">Where it is printed.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, uint days, Listing listing, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var since = session.Head.Timestamp - Math.Min(days * 86_400UL, session.Head.Timestamp);
        var trades = await AuctionsAsync(session, options, ct);
        trades.AddRange(await PurchasesAsync(session, options, ct));
        Trade[] rows =
            [.. trades.Where(one => one.UnixS >= since).OrderBy(static one => one.UnixS)];
        listing.Print(
            rows,
            $"Traded since {ChainTime.Of(since)}: {(rows.Length == 0 ? "nothing." : "")}".TrimEnd(),
            ("when", false, static row => row.When),
            ("how", false, static row => row.How),
            ("kWh", true, static row => row.Kwh),
            ("price per kWh", true, static row => row.Price),
            ("paid", true, static row => row.Paid));
        return 0;
    }

    /// <summary>What became of the account's own orders.</summary>
    public static async Task<int> RunOwnAsync(
        MarketOptions options, Listing listing, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var owner = session.AccountOf(TextWriter.Null).Address;
        byte[][] whose = [session.Market.Id.ToArray(), AbiWriter.ToWord(owner)];
        var search = new MarketSearch(session.Node, session.Contract.Address);
        var placed = await search.FindAsync(
            options.FromBlock, session.Head.Number, MarketEvents.ToOrderPlaced, ct,
            [MarketEvents.OrderPlaced, .. whose]);
        var settled = (await search.FindAsync(
            options.FromBlock, session.Head.Number, MarketEvents.ToOrderSettled, ct,
            [MarketEvents.OrderSettled, .. whose]))
            .ToDictionary(static one => one.Number, static one => one.FilledLots);
        var auctions = await session.Contract.AuctionsOfAsync(
            session.Market.Id, [.. placed.Select(static one => one.Number.Period)], ct);
        listing.Print(
            [.. placed.Select((order, i) => OwnRow(session.Steps, order, auctions[i],
                settled.TryGetValue(order.Number, out var filled) ? filled : null))],
            placed.Count == 0 ? $"{owner} has placed no orders here." : $"Orders of {owner}:",
            ("auction", true, static row => $"{row.Auction}"),
            ("side", false, static row => row.Side),
            ("kWh", true, static row => row.Kwh),
            ("limit per kWh", true, static row => row.Limit),
            ("state", false, static row => row.State));
        return 0;
    }

    private static OwnOrder OwnRow(
        MarketSteps steps, OrderPlaced order, Auction auction, ulong? filled) => new(
        order.Number.Period,
        order.Number.IsBid ? "bid" : "ask",
        steps.KwhOf(order.Lots),
        steps.PriceOf(order.Number.Ticks),
        (filled, auction.IsCleared) switch
        {
            ({ } lots, _) => auction.PriceTicks == 0 || lots == 0
                ? "settled, nothing moved"
                : $"settled, {steps.KwhOf(lots)} kWh at {steps.PriceOf(auction.PriceTicks)}",
            (_, true) => "cleared, not settled",
            _ => "in the book",
        });

    private static async Task<List<Trade>> AuctionsAsync(
        MarketSession session, MarketOptions options, CancellationToken ct)
    {
        var periodS = await session.Contract.PeriodSAsync(ct);
        var cleared = await new MarketSearch(session.Node, session.Contract.Address).FindAsync(
            options.FromBlock, session.Head.Number, MarketEvents.ToAuctionCleared, ct,
            MarketEvents.AuctionCleared, session.Market.Id.ToArray());
        return [.. cleared.Where(static one => one.Lots > 0).Select(one => TradeOf(
            session.Steps, (one.Period + 1UL) * periodS, $"auction {one.Period}", one.Lots,
            one.PriceTicks))];
    }

    private static async Task<IEnumerable<Trade>> PurchasesAsync(
        MarketSession session, MarketOptions options, CancellationToken ct)
    {
        var taken = await new MarketSearch(session.Node, session.Contract.Address).FindAsync(
            options.FromBlock, session.Head.Number, MarketEvents.ToOfferTaken, ct,
            MarketEvents.OfferTaken, null, session.Market.Id.ToArray());
        var unixSOf = await TimesOfAsync(
            session.Node, taken.Select(static one => one.BlockNumber).Distinct(), ct);
        return taken.Select(one => TradeOf(
            session.Steps, unixSOf[one.BlockNumber], $"{one.Buyer} bought of {one.Seller}",
            one.Lots, one.Ticks));
    }

    private static async Task<Dictionary<ulong, ulong>> TimesOfAsync(
        ChainNode node, IEnumerable<ulong> blocks, CancellationToken ct)
    {
        var unixSOf = new Dictionary<ulong, ulong>();
        foreach (var some in blocks.Chunk(BlocksPerRequest))
        {
            foreach (var (number, block) in some.Zip(await node.BlocksAsync(some, ct)))
            {
                unixSOf[number] = block.Timestamp;
            }
        }

        return unixSOf;
    }

    private static Trade TradeOf(
        MarketSteps steps, ulong unixS, string how, ulong lots, ushort ticks) => new(
        unixS,
        ChainTime.Of(unixS),
        how,
        steps.KwhOf(lots),
        steps.PriceOf(ticks),
        steps.MoneyOf(lots, ticks),
        lots,
        ticks);

    private sealed record Trade(
        ulong UnixS,
        string When,
        string How,
        string Kwh,
        string Price,
        string Paid,
        ulong Lots,
        ushort Ticks);

    private sealed record OwnOrder(
        uint Auction, string Side, string Kwh, string Limit, string State);
}
