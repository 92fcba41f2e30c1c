namespace Helios.Chain;

/// <summary>What the ledger lets a meter do; the numbers are the contract's MeterState.</summary>
public enum EnrolledState
{
    /// <summary>Never enrolled in this ledger.</summary>
    None = 0,

    /// <summary>Readings count, coins may be redeemed.</summary>
    Active = 1,

    /// <summary>Nothing is accepted until it is resumed.</summary>
    Suspended = 2,

    /// <summary>Readings are settled; nothing is minted, redeemed or ordered.</summary>
    Closing = 3,

    /// <summary>Nothing is accepted, for good.</summary>
    Dead = 4,
}
