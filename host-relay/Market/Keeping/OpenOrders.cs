using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// The auctions of a market whose orders are not all settled, found by events and checked by views:
/// an event says where to look, the contract's state what is to be done.
/// </summary>
/// <param name="session">The market.</param>
/// <param name="fromBlock">Where the search begins.</param>
/// <param name="lotsMin">Smaller orders are cleared, and left to their owners to settle.</param>
internal sealed class OpenOrders(MarketSession session, ulong fromBlock, ulong lotsMin)
{
    private const int OrdersPerRequest = 200;

    private readonly UnseenBlocks _unseen = new(fromBlock);
    private readonly MarketSearch _search = new(session.Node, session.Contract.Address);
    private readonly SortedDictionary<uint, HashSet<OrderPlaced>> _byPeriod = [];

    /// <summary>Looks at all blocks up to one that it has not looked at for good.</summary>
    public async Task RefreshAsync(Block head, CancellationToken ct)
    {
        foreach (var order in await _search.FindAsync(
            _unseen.First, head.Number, MarketEvents.ToOrderPlaced, ct,
            MarketEvents.OrderPlaced, session.Market.Id.ToArray()))
        {
            if (!_byPeriod.TryGetValue(order.Number.Period, out var orders))
            {
                _byPeriod[order.Number.Period] = orders = [];
            }

            if (order.Lots >= lotsMin)
            {
                orders.Add(order);
            }
        }

        _unseen.Seen(head);
    }

    /// <summary>Auctions that have ended and have orders, and are not cleared.</summary>
    public async Task<IReadOnlyList<uint>> UnclearedAsync(Block head, CancellationToken ct)
    {
        var ended = await EndedAsync(head, ct);
        return [.. ended.Where(static one => !one.IsCleared).Select(static one => one.Period)];
    }

    /// <summary>
    /// Some orders of cleared auctions that are not settled, of the oldest auctions; settled ones
    /// are forgotten.
    /// </summary>
    /// <param name="head">The newest block.</param>
    /// <param name="countMax">How many at most.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<IReadOnlyList<OrderPlaced>> UnsettledAsync(
        Block head, int countMax, CancellationToken ct)
    {
        var due = new List<OrderPlaced>();
        foreach (var (period, isCleared) in await EndedAsync(head, ct))
        {
            if (!isCleared)
            {
                continue;
            }

            foreach (var some in _byPeriod[period].ToArray().Chunk(OrdersPerRequest))
            {
                due.AddRange(await UnsettledOfAsync(period, some, ct));
                if (due.Count >= countMax)
                {
                    return due[..countMax];
                }
            }

            if (_byPeriod[period].Count == 0)
            {
                _byPeriod.Remove(period);
            }
        }

        return due;
    }

    private async Task<IReadOnlyList<OrderPlaced>> UnsettledOfAsync(
        uint period, OrderPlaced[] orders, CancellationToken ct)
    {
        var there = await session.Contract.OrdersOfAsync(
            session.Market.Id, Array.ConvertAll(orders, static one => one.Number), ct);
        _byPeriod[period].ExceptWith(orders.Where((_, i) => there[i].Lots == 0));
        return [.. orders.Where((_, i) => there[i].Lots > 0)];
    }

    private async Task<IReadOnlyList<(uint Period, bool IsCleared)>> EndedAsync(
        Block head, CancellationToken ct)
    {
        var current = head.Timestamp / await session.Contract.PeriodSAsync(ct);
        uint[] ended = [.. _byPeriod.Keys.TakeWhile(period => period < current)];
        var auctions = await session.Contract.AuctionsOfAsync(session.Market.Id, ended, ct);
        return [.. ended.Select((period, i) => (period, auctions[i].IsCleared))];
    }
}
