using Helios.Chain;

namespace Helios.Trading;

/// <summary>The meters with standing orders in a market, and what can be done for them.</summary>
/// <param name="session">The market.</param>
/// <param name="fromBlock">Where the search begins.</param>
internal sealed class StandingMeters(MarketSession session, ulong fromBlock)
{
    private readonly UnseenBlocks _unseen = new(fromBlock);
    private readonly MarketSearch _search = new(session.Node, session.Contract.Address);
    private readonly HashSet<Address> _sellers = [];
    private readonly HashSet<Address> _buyers = [];

    /// <summary>Looks at all blocks up to one that it has not looked at for good.</summary>
    public async Task RefreshAsync(Block head, CancellationToken ct)
    {
        _sellers.UnionWith(await MetersAsync(MarketEvents.StandingSaleMade, head, ct));
        _buyers.UnionWith(await MetersAsync(MarketEvents.StandingPurchaseMade, head, ct));
        _unseen.Seen(head);
    }

    /// <summary>Auctions of this market in which standing orders stand.</summary>
    public async Task<IReadOnlySet<uint>> PeriodsAsync(CancellationToken ct)
    {
        var sales = await session.Contract.SalesOfAsync([.. _sellers], ct);
        var purchases = await session.Contract.PurchasesOfAsync([.. _buyers], ct);
        return sales.Select(static one => (one.Market, one.Order, one.OrderLots))
            .Concat(purchases.Select(static one => (one.Market, one.Order, one.OrderLots)))
            .Where(one => one.Market == session.Market.Id && one.OrderLots > 0)
            .Select(static one => one.Order.Period)
            .ToHashSet();
    }

    /// <summary>Purchases in this market that have bought what can be redeemed now.</summary>
    public async Task<IReadOnlyList<Address>> RedeemableAsync(CancellationToken ct) =>
        await PassingAsync(await BuyersAsync(ct), MarketCalls.RedeemBought, ct);

    /// <summary>Purchases in this market that can enter an auction now.</summary>
    public async Task<IReadOnlyList<Address>> BuyingAsync(CancellationToken ct) =>
        await PassingAsync(await BuyersAsync(ct), MarketCalls.TriggerPurchase, ct);

    /// <summary>Sales in this market that can enter an auction now.</summary>
    public async Task<IReadOnlyList<Address>> SellingAsync(CancellationToken ct)
    {
        Address[] meters = [.. _sellers];
        var sales = await session.Contract.SalesOfAsync(meters, ct);
        return await PassingAsync(
            [.. meters.Where((_, i) => sales[i].Market == session.Market.Id)],
            MarketCalls.TriggerSale,
            ct);
    }

    // A standing order may have moved to a market whose token is nobody's business here.
    private async Task<IReadOnlyList<Address>> BuyersAsync(CancellationToken ct)
    {
        Address[] meters = [.. _buyers];
        var purchases = await session.Contract.PurchasesOfAsync(meters, ct);
        return [.. meters.Where((_, i) => purchases[i].Market == session.Market.Id)];
    }

    private async Task<IReadOnlyList<Address>> PassingAsync(
        IReadOnlyList<Address> meters, Func<Address, byte[]> call, CancellationToken ct)
    {
        var would = await session.Contract.WouldPassAsync([.. meters.Select(call)], ct);
        return [.. meters.Where((_, i) => would[i])];
    }

    private Task<IReadOnlyList<Address>> MetersAsync(
        byte[] made, Block head, CancellationToken ct) => _search.FindAsync(
        _unseen.First, head.Number, MarketEvents.ToMeter, ct,
        made, null, null, session.Market.Id.ToArray());
}
