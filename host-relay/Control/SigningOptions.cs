using Helios.Chain;

namespace Helios.Control;

/// <summary>What signing alone needs to be told: no network.</summary>
/// <param name="ChainId">The chain that signatures are for.</param>
/// <param name="Ledger">The ledger that they are for.</param>
/// <param name="Key">Whose signatures.</param>
internal sealed record SigningOptions(ulong ChainId, Address Ledger, SenderKey Key);
