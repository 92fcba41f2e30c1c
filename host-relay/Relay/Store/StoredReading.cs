using Helios.Chain;

namespace Helios.Relay;

/// <summary>A reading as the database holds it.</summary>
/// <param name="Meter">Who signed it.</param>
/// <param name="Signed">The bytes for the ledger.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Reason">Why it was skipped; None there stands for reverted transactions.</param>
/// <param name="Coins">Whole coins that it minted.</param>
/// <param name="TransactionHash">Of the transaction that carries it; null while none does.</param>
internal sealed record StoredReading(
    Address Meter,
    byte[] Signed,
    ReadingState State,
    SkipReason Reason,
    ulong Coins,
    byte[]? TransactionHash);
