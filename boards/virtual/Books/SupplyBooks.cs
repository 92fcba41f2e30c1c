namespace Helios.Boards.Virtual.Books;

/// <summary>
/// Energy for coins at one consumer, from each place that keeps a book of it. What was imported
/// stands in <see cref="MeterBooks.Import"/>.
/// </summary>
public sealed record SupplyBooks
{
    /// <summary>Import and returned at enrolment, Wh: where authorised energy starts.</summary>
    public required ulong EnrolledWh { get; init; }

    /// <summary>Authorised energy on chain, Wh.</summary>
    public required ulong AuthorisedWh { get; init; }

    /// <summary>
    /// The highest level that enough controllers ordered, as the meter has it, Wh.
    /// </summary>
    public required ulong OrderedWh { get; init; }

    /// <summary>Given back, as the meter has it, Wh.</summary>
    public required ulong ReturnedWh { get; init; }

    /// <summary>The same as the ledger accepted it, Wh.</summary>
    public required ulong ReturnedAcceptedWh { get; init; }

    /// <summary>Redeemed, as Redemptions has it, Wh.</summary>
    public required ulong RedeemedWh { get; init; }

    /// <summary>Burned for what was delivered, Wh.</summary>
    public required ulong SettledWh { get; init; }

    /// <summary>Paid out for what was given back, Wh.</summary>
    public required ulong RefundedWh { get; init; }

    /// <summary>Still open on chain, Wh.</summary>
    public required ulong OpenWh { get; init; }

    /// <summary>Used and not paid for, Wh: the overshoot of the load switch.</summary>
    public required ulong DebtWh { get; init; }
}
