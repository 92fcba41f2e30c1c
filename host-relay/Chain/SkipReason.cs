namespace Helios.Chain;

/// <summary>Why the ledger skips a reading; the numbers are the contract's.</summary>
public enum SkipReason
{
    /// <summary>It counts.</summary>
    None = 0,

    /// <summary>No signer can be recovered, or s is high.</summary>
    SignatureInvalid = 1,

    /// <summary>The signer was never enrolled in this ledger.</summary>
    MeterNotEnrolled = 2,

    /// <summary>The meter is suspended or dead.</summary>
    MeterNotAccepting = 3,

    /// <summary>A reading at least as new was accepted before.</summary>
    PaginationNotNewer = 4,

    /// <summary>A register is lower than what was accepted before.</summary>
    RegisterDecreased = 5,

    /// <summary>
    /// More energy than the rated power can have carried by now; counts later unchanged.
    /// </summary>
    NotYetPlausible = 6,
}
