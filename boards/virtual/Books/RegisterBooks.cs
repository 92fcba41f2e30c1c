namespace Helios.Boards.Virtual.Books;

/// <summary>
/// One register of one meter, from the energy that flowed to what the ledger holds.
/// </summary>
public sealed record RegisterBooks
{
    /// <summary>
    /// Impulses that the energy makes, summed apart from the simulation: that of the series or,
    /// behind a load switch, what of it passed.
    /// </summary>
    public required long ImpulsesExpected { get; init; }

    /// <summary>Impulses that the simulated kWh meter made.</summary>
    public required long ImpulsesMade { get; init; }

    /// <summary>Impulses that the firmware counted.</summary>
    public required long ImpulsesCounted { get; init; }

    /// <summary>The register that the firmware derives from them, Wh.</summary>
    public required ulong CountedWh { get; init; }

    /// <summary>The highest value the meter signed, Wh.</summary>
    public required ulong SignedWh { get; init; }

    /// <summary>The highest value the ledger accepted, Wh.</summary>
    public required ulong AcceptedWh { get; init; }
}
