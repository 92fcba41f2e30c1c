namespace Helios.Chain;

/// <summary>Why the ledger skipped a reading of a batch; the numbers are the contract's.</summary>
public enum SkipReason
{
    /// <summary>No signer can be recovered, or s is high.</summary>
    SignatureInvalid = 0,

    /// <summary>The signer is not enrolled, or suspended, or dead.</summary>
    MeterNotActive = 1,

    /// <summary>A reading at least as new was accepted before.</summary>
    PaginationNotNewer = 2,

    /// <summary>A register is lower than what was accepted before.</summary>
    RegisterDecreased = 3,

    /// <summary>More energy than the rated power can have carried by now; counts later unchanged.</summary>
    NotYetPlausible = 4,
}
