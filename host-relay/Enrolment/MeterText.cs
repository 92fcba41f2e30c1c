using Helios.Chain;
using Helios.Signing;

namespace Helios.Enrolling;

/// <summary>What people compare with the board, the kWh meter and the contract.</summary>
internal static class MeterText
{
    /// <summary>An Enrolment, a line a fact.</summary>
    public static IEnumerable<string> Of(SignedEnrolment enrolment) =>
    [
        Line("meter", $"{enrolment.Meter}"),
        Line("owner", $"{enrolment.Owner} gets the coins"),
        Line("key", KeyOf(enrolment.Said.Assurance)),
        Line("impulse constant", $"{enrolment.Said.ImpulsesPerKwh} imp/kWh, as printed on the "
            + "kWh meter"),
        Line("rated power", $"{enrolment.Said.MaxPowerW} W, the fuse and at least 10 %"),
        Line("export", $"{enrolment.Said.ExportWh} Wh; coins count from here"),
        Line("import", $"{enrolment.Said.ImportWh} Wh, returned {enrolment.Said.ReturnedWh} Wh"),
        Line("pagination", $"{enrolment.Said.Pagination}"),
    ];

    /// <summary>What a ledger knows of a meter, a line a fact.</summary>
    public static IEnumerable<string> Of(Address address, EnrolledMeter meter)
    {
        yield return Line("meter", $"{address}");
        yield return Line("state", StateOf(meter));
        if (meter.State == EnrolledState.None)
        {
            yield break;
        }

        yield return Line("owner", $"{meter.Owner}");
        if (!meter.OfferedTo.IsZero)
        {
            yield return Line("offered to", $"{meter.OfferedTo}");
        }

        yield return Line("enroller", $"{meter.Enroller}");
        yield return Line("key", KeyOf(meter.Assurance));
        yield return Line("impulse constant", $"{meter.ImpulsesPerKwh} imp/kWh");
        yield return Line("rated power", $"{meter.MaxPowerW} W");
        yield return Line("pagination", $"{meter.Registers.Pagination}");
        yield return Line("export", $"{meter.Registers.ExportWh} Wh, {meter.Coins} coins minted");
        yield return Line("import", $"{meter.Registers.ImportWh} Wh, returned "
            + $"{meter.Registers.ReturnedWh} Wh");
        if (meter.ProvenPagination > 0)
        {
            yield return Line("clone proof", $"up to pagination {meter.ProvenPagination}, cleared "
                + $"up to {meter.ClearedPagination}");
        }
    }

    /// <summary>
    /// What a meter returned beyond all that was redeemed for it, Wh; no line if that is nothing.
    /// </summary>
    public static IEnumerable<string> OfReturnedAhead(ulong wh) => wh == 0 ? [] :
    [
        Line("returned ahead", $"{wh} Wh beyond all that was redeemed: coins for the next so many "
            + "come straight back to the owner, and no energy flows for them"),
    ];

    /// <summary>The meter that another one replaces, and what goes over to that one.</summary>
    public static IEnumerable<string> OfReplaced(Address address, EnrolledMeter meter) =>
    [
        Line("in place of", $"{address}, {StateOf(meter)}; it will be closing and mint no more"),
        Line("carried over", $"{meter.CarryWh} Wh of the coin that it began, up to its "
            + $"pagination {meter.Registers.Pagination}"),
    ];

    /// <summary>An enroller's power budget.</summary>
    public static string OfBudget(ulong budgetW, ulong enrolledW) => Line(
        "power budget", $"{budgetW} W, of which {enrolledW} W are taken before this");

    /// <summary>A meter's state, to follow "is".</summary>
    public static string StateOf(EnrolledMeter meter) => meter.State switch
    {
        EnrolledState.None => "not enrolled in this ledger",
        EnrolledState.Active => "active",
        EnrolledState.Suspended => "suspended, its readings wait",
        EnrolledState.Closing when meter.Successor.IsZero => "closing, it was revoked",
        EnrolledState.Closing => $"closing, {meter.Successor} replaced it",
        _ => "dead",
    };

    /// <summary>Prints lines as they are.</summary>
    public static void Write(IEnumerable<string> lines, TextWriter output)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }

    // Any key on P-256 can claim 2: nothing that a meter signs shows what signed it.
    private static string KeyOf(byte assurance) => assurance switch
    {
        Enrolment.SoftwareKey => "0, software key: whoever has the board can read it",
        Enrolment.SecureElement => "2, secure element, says the meter: look at the chip, a key in "
            + "files can claim it",
        _ => "1, software key in encrypted flash with secure boot, says the meter",
    };

    private static string Line(string name, string fact) => $"{name,-17} {fact}";
}
