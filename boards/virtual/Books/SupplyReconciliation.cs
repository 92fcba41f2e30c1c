namespace Helios.Boards.Virtual.Books;

/// <summary>
/// Follows coins back to energy, at rest: what was open went back, and everything is settled. To
/// the watt-hour.
/// </summary>
internal static class SupplyReconciliation
{
    // The coil holds for 1.88 s after its last pulse and the contactor lags 20 ms at the most;
    // another quarter of a second is between two turns that decide (boards/README.md).
    private const ulong SwitchLagMsMax = 2_150;
    private const ulong WattMsPerWh = 3_600_000;

    /// <summary>The rules of one consumer.</summary>
    public static void Check(
        Differences found, MeterBooks meter, SupplyBooks supply, Terms terms)
    {
        var where = meter.Meter;
        var passedWh = (ulong)meter.Import.ImpulsesExpected * 1000 / terms.ImpulsesPerKwh;
        found.Equal(
            where,
            "Wh authorised and in debt", supply.AuthorisedWh + supply.DebtWh,
            "Wh delivered, returned and open", passedWh + supply.ReturnedWh + supply.OpenWh);
        found.AtMost(
            where,
            "Wh in debt", supply.DebtWh, "the overshoot of one opening", OvershootWh(terms));
        found.Equal(
            where,
            "Wh delivered since enrolment", passedWh - supply.EnrolledWh,
            "Wh settled and in debt", supply.SettledWh + supply.DebtWh);
        CheckRedeemed(found, meter, supply);
    }

    /// <summary>The rules of all coins together.</summary>
    public static void Check(
        Differences found,
        IReadOnlyList<MeterBooks> meters,
        CoinBooks coins,
        UInt128 unitsOfMarket,
        Terms terms)
    {
        var minted = Sum(meters, meter => (UInt128)meter.CoinsMinted * terms.WhPerCoin);
        var redeemed = Sum(meters, meter => meter.Wallet.RedeemedWh);
        var settled = Sum(meters, meter => meter.Supply?.SettledWh ?? 0);
        var refunded = Sum(meters, meter => meter.Supply?.RefundedWh ?? 0);
        var units = (UInt128)terms.UnitsPerWh;
        found.Equal(
            "all", "coins minted", minted * units,
            "coins in existence and burned", coins.SupplyUnits + coins.BurnedUnits);
        found.Equal(
            "all", "coins burned", coins.BurnedUnits, "coins settled", settled * units);
        found.Equal(
            "all",
            "coins burned, refunded and escrowed",
            coins.BurnedUnits + (refunded * units) + coins.EscrowedUnits,
            "coins redeemed", redeemed * units);
        found.Equal(
            "all", "coins escrowed", coins.EscrowedUnits, "coins of Redemptions", coins.HeldUnits);
        found.Equal(
            "all",
            "coins in wallets, escrow and market",
            Sum(meters, meter => meter.Wallet.BalanceUnits) + coins.EscrowedUnits + unitsOfMarket,
            "supply", coins.SupplyUnits);
    }

    private static void CheckRedeemed(Differences found, MeterBooks meter, SupplyBooks supply)
    {
        var where = meter.Meter;
        found.Equal(
            where,
            "Wh that the owner and the market sent", meter.Wallet.RedeemedWh,
            "Wh redeemed", supply.RedeemedWh);
        found.Equal(
            where,
            "Wh at enrolment and redeemed", supply.EnrolledWh + meter.Wallet.RedeemedWh,
            "Wh authorised", supply.AuthorisedWh);
        found.Equal(
            where, "Wh authorised", supply.AuthorisedWh, "Wh ordered", supply.OrderedWh);
        found.Equal(
            where,
            "Wh returned", supply.ReturnedWh, "Wh returned and accepted",
            supply.ReturnedAcceptedWh);
        found.Equal(
            where, "Wh returned", supply.ReturnedWh, "Wh refunded", supply.RefundedWh);
        found.Equal(
            where,
            "Wh settled, refunded and open",
            supply.SettledWh + supply.RefundedWh + supply.OpenWh,
            "Wh redeemed", supply.RedeemedWh);
    }

    private static ulong OvershootWh(Terms terms) =>
        ((terms.RatedPowerW * SwitchLagMsMax) + WattMsPerWh - 1) / WattMsPerWh
        + ((1000 + terms.ImpulsesPerKwh - 1) / terms.ImpulsesPerKwh);

    private static UInt128 Sum(
        IReadOnlyList<MeterBooks> meters, Func<MeterBooks, UInt128> of) =>
        meters.Aggregate(UInt128.Zero, (sum, meter) => sum + of(meter));
}
