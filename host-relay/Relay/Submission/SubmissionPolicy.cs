namespace Helios.Relay;

/// <summary>
/// When a stored reading is worth its gas, and how much may be under way at once.
/// </summary>
public sealed record SubmissionPolicy
{
    /// <summary>A reading that mints at least this many coins is submitted at once.</summary>
    public ulong CoinsMin { get; init; } = 1;

    /// <summary>
    /// One that mints fewer is submitted so many seconds after it was stored, by the chain's
    /// clock. 0 submits every reading that counts.
    /// </summary>
    public uint DueAfterS { get; init; } = 86_400;

    /// <summary>Readings in one transaction at most, 1 to 400; gas may allow fewer.</summary>
    public int ReadingsPerTransactionMax { get; init; } = 200;

    /// <summary>Unconfirmed transactions at most, 1 to 64.</summary>
    public int TransactionsInFlightMax { get; init; } = 8;

    /// <summary>
    /// Base fee and tip together at most, wei per gas; above it the relay waits.
    /// </summary>
    public UInt128 MaxFeePerGasWei { get; init; } = 100_000_000_000;

    /// <summary>
    /// A transaction that so many blocks left out is sent again with a fee an eighth higher, up to
    /// the limit.
    /// </summary>
    public uint RaiseFeeAfterBlocks { get; init; } = 5;

    /// <summary>
    /// So often, by the chain's clock, everything that a node spoke against is looked at again.
    /// </summary>
    public uint RecheckAfterS { get; init; } = 3_600;

    /// <summary>Tip, wei per gas.</summary>
    public UInt128 TipPerGasWei { get; init; } = 1_000_000_000;
}
