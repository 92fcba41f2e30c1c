using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>A ledger, and who sends it transactions.</summary>
/// <param name="Deployment">Which ledger.</param>
/// <param name="Key">Signs and pays: an enroller's, an owner's, or anybody's for a proof.</param>
internal sealed record CallerOptions(LedgerOptions Deployment, SenderKey Key);
