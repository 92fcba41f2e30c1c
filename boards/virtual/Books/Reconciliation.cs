namespace Helios.Boards.Virtual.Books;

/// <summary>
/// Follows energy from impulse to coin and names every place where two books disagree. Each rule is
/// computed here anew, from DESIGN's words and not with the code that it checks.
/// </summary>
public static class Reconciliation
{
    private const ulong UnitsPerCoin = 1_000_000_000_000_000_000;

    /// <summary>Every difference, each in one sentence; none means reconciled.</summary>
    /// <param name="meters">The books of every meter.</param>
    /// <param name="impulsesPerKwh">Their impulse constant, imp/kWh.</param>
    /// <param name="whPerCoin">Energy of a coin, Wh.</param>
    /// <param name="supply">Coins in existence, in units of 10^-18 coin.</param>
    public static IReadOnlyList<string> Differences(
        IReadOnlyList<MeterBooks> meters, uint impulsesPerKwh, ulong whPerCoin, UInt128 supply)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var found = new List<string>();
        foreach (var meter in meters)
        {
            CheckCounting(found, $"{meter.Meter} export", meter.Export, impulsesPerKwh);
            CheckCounting(found, $"{meter.Meter} import", meter.Import, impulsesPerKwh);
            CheckExport(found, meter, whPerCoin);
            CheckImport(found, meter);
            CheckCoins(found, meter, whPerCoin);
        }

        var minted = meters.Aggregate(UInt128.Zero, (sum, meter) => sum + meter.CoinsMinted);
        Equal(found, "all", "coins minted", minted * UnitsPerCoin, "supply", supply);
        return found;
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
        List<string> found, string where, RegisterBooks books, uint impulsesPerKwh)
    {
        Equal(
            found, where,
            "impulses of the series' energy", books.ImpulsesExpected,
            "impulses made", books.ImpulsesMade);
        Equal(
            found, where,
            "impulses made", books.ImpulsesMade, "impulses counted", books.ImpulsesCounted);
        Equal(
            found, where,
            "Wh of the impulses counted", (ulong)books.ImpulsesCounted * 1000 / impulsesPerKwh,
            "Wh in the register", books.CountedWh);
    }

    private static void CheckExport(List<string> found, MeterBooks meter, ulong whPerCoin)
    {
        var sinceEnrolmentWh = meter.Export.CountedWh - meter.EnrolledExportWh;
        var wholeCoinsWh =
            meter.EnrolledExportWh + sinceEnrolmentWh - (sinceEnrolmentWh % whPerCoin);
        var where = $"{meter.Meter} export";
        Equal(
            found, where,
            "Wh in the register down to a whole coin", wholeCoinsWh,
            "Wh signed", meter.Export.SignedWh);
        Equal(
            found, where,
            "Wh signed", meter.Export.SignedWh, "Wh accepted", meter.Export.AcceptedWh);
    }

    // A relay submits what mints or is due, so the ledger's import register may be behind.
    private static void CheckImport(List<string> found, MeterBooks meter)
    {
        var where = $"{meter.Meter} import";
        AtMost(
            found, where,
            "Wh signed", meter.Import.SignedWh, "Wh in the register", meter.Import.CountedWh);
        AtMost(
            found, where,
            "Wh accepted", meter.Import.AcceptedWh, "Wh signed", meter.Import.SignedWh);
    }

    private static void CheckCoins(List<string> found, MeterBooks meter, ulong whPerCoin)
    {
        Equal(
            found, meter.Meter,
            "coins by formula",
            CoinsByFormula(meter.EnrolledExportWh, meter.Export.AcceptedWh, whPerCoin),
            "coins minted", meter.CoinsMinted);
        Equal(
            found, meter.Meter,
            "coins minted", (UInt128)meter.CoinsMinted * UnitsPerCoin,
            "the owner's balance", meter.OwnerBalance);
    }

    private static void Equal<T>(
        List<string> found, string where, string leftName, T left, string rightName, T right)
        where T : IEquatable<T>
    {
        if (!left.Equals(right))
        {
            found.Add($"{where}: {leftName} are {left}, but {rightName} {right}");
        }
    }

    private static void AtMost(
        List<string> found,
        string where,
        string leftName,
        ulong left,
        string rightName,
        ulong right)
    {
        if (left > right)
        {
            found.Add($"{where}: {leftName} are {left}, above {rightName} {right}");
        }
    }
}
