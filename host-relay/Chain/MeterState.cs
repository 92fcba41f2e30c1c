namespace Helios.Chain;

/// <summary>What the ledger lets a meter do; the numbers are the contract's.</summary>
public enum MeterState
{
    /// <summary>Never enrolled here.</summary>
    None = 0,

    /// <summary>Readings count.</summary>
    Active = 1,

    /// <summary>Readings are refused until the enroller resumes it.</summary>
    Suspended = 2,

    /// <summary>Readings are accepted and mint nothing.</summary>
    Closing = 3,

    /// <summary>Over for good.</summary>
    Dead = 4,
}
