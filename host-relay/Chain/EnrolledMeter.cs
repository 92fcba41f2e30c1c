namespace Helios.Chain;

/// <summary>All that a ledger knows of a meter.</summary>
public sealed record EnrolledMeter
{
    /// <summary>What the ledger lets it do; None: nothing else here means anything.</summary>
    public required EnrolledState State { get; init; }

    /// <summary>Who gets its coins.</summary>
    public required Address Owner { get; init; }

    /// <summary>How its key is kept: 0 software, 1 encrypted flash, 2 secure element.</summary>
    public required byte Assurance { get; init; }

    /// <summary>Rated power, W.</summary>
    public required uint MaxPowerW { get; init; }

    /// <summary>Impulse constant, imp/kWh.</summary>
    public required uint ImpulsesPerKwh { get; init; }

    /// <summary>Pagination of its Enrolment.</summary>
    public required uint EnrolledPagination { get; init; }

    /// <summary>Who admitted it.</summary>
    public required Address Enroller { get; init; }

    /// <summary>The registers accepted last.</summary>
    public required MeterRegisters Registers { get; init; }

    /// <summary>Whole coins minted since its enrolment.</summary>
    public required ulong Coins { get; init; }

    /// <summary>Energy of the coin that it has begun, Wh.</summary>
    public required ulong CarryWh { get; init; }

    /// <summary>To whom it is offered; zero: to nobody.</summary>
    public required Address OfferedTo { get; init; }

    /// <summary>Highest pagination of all clone proofs; 0: there is none.</summary>
    public required uint ProvenPagination { get; init; }

    /// <summary>The same at the last clearing; lower: a proof is open.</summary>
    public required uint ClearedPagination { get; init; }

    /// <summary>Unix seconds at which it went into closing; 0 before.</summary>
    public required ulong ClosingSince { get; init; }

    /// <summary>What replaced it; zero: nothing did.</summary>
    public required Address Successor { get; init; }
}
