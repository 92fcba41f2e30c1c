namespace Helios.Boards.Virtual.Books;

/// <summary>
/// Follows money against coins, at rest: every order that came is settled or in escrow. To the
/// smallest unit, and to the watt-hour.
/// </summary>
internal static class TradeReconciliation
{
    /// <summary>The rules of the market and of all who trade there.</summary>
    public static void Check(
        Differences found, IReadOnlyList<MeterBooks> meters, TradeBooks trade)
    {
        foreach (var meter in meters)
        {
            CheckMoney(found, meter);
        }

        foreach (var auction in trade.Auctions)
        {
            Check(found, auction);
        }

        CheckPaid(found, meters, trade);
        CheckMoved(found, meters);
        CheckHeld(found, "coins", trade.Coins, Sum(
            meters, static meter => meter.Wallet.CreditedUnits + meter.Wallet.EscrowedUnits));
        CheckHeld(found, "units", trade.Money, Sum(
            meters, static meter => meter.Money.CreditedUnits + meter.Money.EscrowedUnits));
        CheckIssued(found, meters, trade);
    }

    private static void CheckMoney(Differences found, MeterBooks meter)
    {
        var money = meter.Money;
        found.Equal(
            meter.Meter,
            "units issued and received", money.IssuedUnits + money.ReceivedUnits,
            "units held, credited, escrowed and paid",
            money.BalanceUnits + money.CreditedUnits + money.EscrowedUnits + money.PaidUnits);
    }

    // Nobody pays more than his limit or gets less; what moves is bought and sold.
    private static void Check(Differences found, AuctionBooks auction)
    {
        var where = $"auction {auction.Period}";
        found.Equal(where, "lots bought", auction.BidLots, "lots moved", auction.Lots);
        found.Equal(where, "lots sold", auction.AskLots, "lots moved", auction.Lots);
        if (auction.Lots > 0)
        {
            found.AtMost(
                where,
                "ticks of the price", auction.PriceTicks,
                "the limit of a bid that bought", auction.LowestBidTicks);
            found.AtMost(
                where,
                "ticks of the limit of an ask that sold", auction.HighestAskTicks,
                "the price", auction.PriceTicks);
        }
    }

    private static void CheckPaid(
        Differences found, IReadOnlyList<MeterBooks> meters, TradeBooks trade)
    {
        var paid = Sum(meters, static meter => meter.Money.PaidUnits);
        found.Equal(
            "all", "units paid", paid,
            "units received", Sum(meters, static meter => meter.Money.ReceivedUnits));
        found.Equal(
            "all",
            "units paid", paid,
            "units of what moved at its price",
            trade.Auctions.Aggregate(trade.OffersPaidUnits, (sum, auction) =>
                sum + ((UInt128)auction.Lots * auction.PriceTicks * trade.UnitsPerTick)));
    }

    private static void CheckMoved(Differences found, IReadOnlyList<MeterBooks> meters)
    {
        found.Equal(
            "all",
            "Wh sold", Sum(meters, static meter => meter.Wallet.SoldWh),
            "Wh bought", Sum(meters, static meter => meter.Wallet.BoughtWh));
    }

    // What came is still there or left, and what is there belongs to somebody.
    private static void CheckHeld(
        Differences found, string what, HeldBooks held, UInt128 owedUnits)
    {
        found.Equal(
            "market",
            $"{what} that came", held.InUnits,
            $"{what} that left, in escrow and credited", held.OutUnits + owedUnits);
        found.Equal(
            "market",
            $"{what} held", held.BalanceUnits,
            $"{what} in escrow and credited", owedUnits);
    }

    private static void CheckIssued(
        Differences found, IReadOnlyList<MeterBooks> meters, TradeBooks trade) =>
        found.Equal(
            "all",
            "units issued", trade.IssuedUnits,
            "units in wallets and of the market",
            trade.Money.BalanceUnits + Sum(meters, static meter => meter.Money.BalanceUnits));

    private static UInt128 Sum(
        IReadOnlyList<MeterBooks> meters, Func<MeterBooks, UInt128> of) =>
        meters.Aggregate(UInt128.Zero, (sum, meter) => sum + of(meter));
}
