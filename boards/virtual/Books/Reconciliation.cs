namespace Helios.Boards.Virtual.Books;

/// <summary>
/// Follows energy from impulse to coin, and coins against money, and names every place where two
/// books disagree. Each rule is computed here anew, from DESIGN's words and not with the code that
/// it checks.
/// </summary>
public static class Reconciliation
{
    /// <summary>Every difference, each in one sentence; none means reconciled.</summary>
    /// <param name="meters">The books of every meter.</param>
    /// <param name="coins">The books of the coin and of Redemptions.</param>
    /// <param name="trade">The books of the market; null where there is none.</param>
    /// <param name="terms">What they are read by.</param>
    public static IReadOnlyList<string> DifferencesIn(
        IReadOnlyList<MeterBooks> meters, CoinBooks coins, TradeBooks? trade, Terms terms)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(coins);
        ArgumentNullException.ThrowIfNull(terms);
        var found = new Differences();
        foreach (var meter in meters)
        {
            CheckCounting(found, $"{meter.Meter} export", meter.Export, terms.ImpulsesPerKwh);
            CheckCounting(found, $"{meter.Meter} import", meter.Import, terms.ImpulsesPerKwh);
            CheckExport(found, meter, terms.WhPerCoin);
            CheckImport(found, meter);
            CheckCoins(found, meter, terms);
            if (meter.Supply is { } supply)
            {
                SupplyReconciliation.Check(found, meter, supply, terms);
            }
        }

        SupplyReconciliation.Check(
            found, meters, coins, trade?.Coins.BalanceUnits ?? UInt128.Zero, terms);
        if (trade is not null)
        {
            TradeReconciliation.Check(found, meters, trade);
        }

        return found.Found;
    }

    /// <summary>What a reading mints in all, by DESIGN: the floors telescope.</summary>
    /// <param name="enrolledWh">The export register at enrolment, Wh.</param>
    /// <param name="acceptedWh">The export register accepted last, Wh.</param>
    /// <param name="whPerCoin">Energy of a coin, Wh.</param>
    public static ulong CoinsByFormula(ulong enrolledWh, ulong acceptedWh, ulong whPerCoin)
    {
        // mintOffset = (carry - export) mod whPerCoin; a new meter carries nothing over.
        var mintOffset = (whPerCoin - (enrolledWh % whPerCoin)) % whPerCoin;
        return ((acceptedWh + mintOffset) / whPerCoin) - ((enrolledWh + mintOffset) / whPerCoin);
    }

    private static void CheckCounting(
        Differences found, string where, RegisterBooks books, uint impulsesPerKwh)
    {
        found.Equal(
            where,
            "impulses of the energy", books.ImpulsesExpected,
            "impulses made", books.ImpulsesMade);
        found.Equal(
            where,
            "impulses made", books.ImpulsesMade, "impulses counted", books.ImpulsesCounted);
        found.Equal(
            where,
            "Wh of the impulses counted", (ulong)books.ImpulsesCounted * 1000 / impulsesPerKwh,
            "Wh in the register", books.CountedWh);
    }

    private static void CheckExport(Differences found, MeterBooks meter, ulong whPerCoin)
    {
        var sinceEnrolmentWh = meter.Export.CountedWh - meter.EnrolledExportWh;
        var wholeCoinsWh =
            meter.EnrolledExportWh + sinceEnrolmentWh - (sinceEnrolmentWh % whPerCoin);
        var where = $"{meter.Meter} export";
        found.Equal(
            where,
            "Wh in the register down to a whole coin", wholeCoinsWh,
            "Wh signed", meter.Export.SignedWh);
        found.Equal(
            where,
            "Wh signed", meter.Export.SignedWh, "Wh accepted", meter.Export.AcceptedWh);
    }

    private static void CheckImport(Differences found, MeterBooks meter)
    {
        var where = $"{meter.Meter} import";
        var (signed, accepted) = (meter.Import.SignedWh, meter.Import.AcceptedWh);
        if (meter.Supply is not null)
        {
            found.Equal(
                where, "Wh in the register", meter.Import.CountedWh, "Wh signed", signed);
            found.Equal(where, "Wh signed", signed, "Wh accepted", accepted);
            return;
        }

        // A relay submits what mints, settles or is due: of a producer it may be behind.
        found.AtMost(where, "Wh signed", signed, "Wh in the register", meter.Import.CountedWh);
        found.AtMost(where, "Wh accepted", accepted, "Wh signed", signed);
    }

    private static void CheckCoins(Differences found, MeterBooks meter, Terms terms)
    {
        var coins = CoinsByFormula(
            meter.EnrolledExportWh, meter.Export.AcceptedWh, terms.WhPerCoin);
        found.Equal(
            meter.Meter, "coins by formula", coins, "coins minted", meter.CoinsMinted);

        var wallet = meter.Wallet;
        var inWh = (coins * terms.WhPerCoin) + wallet.BoughtWh + (meter.Supply?.RefundedWh ?? 0);
        found.Equal(
            meter.Meter,
            "coins earned, bought and refunded",
            (UInt128)inWh * terms.UnitsPerWh,
            "coins held, credited, escrowed, sold and redeemed",
            wallet.BalanceUnits + wallet.CreditedUnits + wallet.EscrowedUnits
                + ((UInt128)(wallet.SoldWh + wallet.RedeemedWh) * terms.UnitsPerWh));
    }
}
