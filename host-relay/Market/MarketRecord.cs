using Helios.Chain;

namespace Helios.Trading;

/// <summary>All that happened in one market, as the contract's events tell it, oldest first.</summary>
/// <param name="Placed">Orders that came to its auctions.</param>
/// <param name="Settled">Orders that were credited to their owners.</param>
/// <param name="Cleared">Auctions that have their price.</param>
/// <param name="Taken">Purchases of signed offers.</param>
/// <param name="Redeemed">What standing purchases redeemed, in any market of the contract.</param>
public sealed record MarketRecord(
    IReadOnlyList<OrderPlaced> Placed,
    IReadOnlyList<OrderSettled> Settled,
    IReadOnlyList<AuctionCleared> Cleared,
    IReadOnlyList<OfferTaken> Taken,
    IReadOnlyList<BoughtRedeemed> Redeemed)
{
    /// <summary>Reads it from the chain, up to its newest block.</summary>
    /// <param name="node">The node to ask.</param>
    /// <param name="energyMarket">The contract.</param>
    /// <param name="market">Which of its markets.</param>
    /// <param name="fromBlock">The block of the contract's deployment, or one before it.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<MarketRecord> ReadAsync(
        ChainNode node,
        Address energyMarket,
        Bytes32 market,
        ulong fromBlock,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(node);
        var search = new MarketSearch(node, energyMarket);
        var last = (await node.LatestBlockAsync(ct)).Number;
        var id = market.ToArray();
        Task<IReadOnlyList<T>> Find<T>(Func<LogEntry, T> read, params byte[]?[] topics) =>
            search.FindAsync(fromBlock, last, read, ct, topics);
        return new MarketRecord(
            await Find(MarketEvents.ToOrderPlaced, MarketEvents.OrderPlaced, id),
            await Find(MarketEvents.ToOrderSettled, MarketEvents.OrderSettled, id),
            await Find(MarketEvents.ToAuctionCleared, MarketEvents.AuctionCleared, id),
            await Find(MarketEvents.ToOfferTaken, MarketEvents.OfferTaken, null, id),
            await Find(MarketEvents.ToBoughtRedeemed, MarketEvents.BoughtRedeemed));
    }
}
