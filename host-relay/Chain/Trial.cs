namespace Helios.Chain;

/// <summary>What the ledger would make of one reading in the newest block.</summary>
/// <param name="Reason">None if it would count.</param>
/// <param name="Coins">Whole coins that it would mint; 0 if it would not count.</param>
/// <param name="Earliest">Unix seconds from which it counts, where it is not plausible yet; else
/// 0.</param>
public sealed record Trial(SkipReason Reason, ulong Coins, ulong Earliest);
