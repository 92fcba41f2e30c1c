namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// What owners do who trade by hand, when they look: a producer asks for all that he has; a
/// consumer redeems when little is left, and bids for more: what he needs soon at any price of
/// his street, a stock for cloudy days at a lower one.
/// </summary>
public static class TradePlan
{
    /// <summary>A consumer redeems when less is left, Wh: some hours of a household.</summary>
    public const ulong LowWh = 2_000;

    /// <summary>And then up to this, Wh.</summary>
    public const ulong FullWh = 5_000;

    /// <summary>
    /// With less, coins and what is left together, he needs more, Wh: a day and a night.
    /// </summary>
    public const ulong NeedWh = 15_000;

    /// <summary>And up to this he keeps a stock, Wh.</summary>
    public const ulong StockWh = 20_000;

    /// <summary>He bids when at least so much lacks, Wh: a bid costs gas.</summary>
    public const ulong LackWhMin = 1_000;

    /// <summary>Limit for what is needed, ticks.</summary>
    public const ushort NeedTicks = 300;

    /// <summary>Limit for the stock, ticks.</summary>
    public const ushort StockTicks = 200;

    /// <summary>What each does, in an order in which his wallet can send it.</summary>
    /// <param name="accounts">Of every house that trades by hand.</param>
    /// <param name="lotWh">Energy of a lot of the market, Wh.</param>
    /// <param name="maxOpenWh">The most that may be open for a meter, Wh.</param>
    public static IReadOnlyList<Errand> Of(
        IReadOnlyList<Account> accounts, ulong lotWh, ulong maxOpenWh)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return [.. accounts
            .SelectMany(account => account.IsConsumer
                ? OfConsumer(account, lotWh, maxOpenWh)
                : OfProducer(account, lotWh))
            .Where(errand => errand.Amount > 0)];
    }

    private static Errand[] OfProducer(Account account, ulong lotWh) =>
    [
        new Errand(
            account.House,
            ErrandKind.Ask,
            account.BalanceWh / lotWh,
            TradingPlace.AskTicksOf(account.House)),
    ];

    private static Errand[] OfConsumer(Account account, ulong lotWh, ulong maxOpenWh)
    {
        var hasWh = account.RestWh + account.BalanceWh;
        var isLacking = hasWh + LackWhMin <= StockWh;
        var neededLots = isLacking ? (NeedWh - Math.Min(hasWh, NeedWh)) / lotWh : 0;
        var stockLots = isLacking ? (StockWh - Math.Max(hasWh, NeedWh)) / lotWh : 0;
        return
        [
            new Errand(account.House, ErrandKind.Redeem, RedeemedWh(account, maxOpenWh), Ticks: 0),
            new Errand(account.House, ErrandKind.Bid, neededLots, NeedTicks),
            new Errand(account.House, ErrandKind.Bid, stockLots, StockTicks),
        ];
    }

    private static ulong RedeemedWh(Account account, ulong maxOpenWh)
    {
        if (account.RestWh >= LowWh)
        {
            return 0;
        }

        var roomWh = maxOpenWh - Math.Min(account.OpenWh, maxOpenWh);
        return Math.Min(account.BalanceWh, Math.Min(FullWh - account.RestWh, roomWh));
    }
}
