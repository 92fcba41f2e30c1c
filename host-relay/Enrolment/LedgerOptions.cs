using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>Which ledger is asked, and through which node. Checked against the node.</summary>
/// <param name="RpcUrl">http or https address of an Ethereum node.</param>
/// <param name="RpcTimeLimit">Longest wait for one answer.</param>
/// <param name="ChainId">The chain it must be on.</param>
/// <param name="Ledger">Where the ReadingLedger stands.</param>
internal sealed record LedgerOptions(
    Uri RpcUrl, TimeSpan RpcTimeLimit, ulong ChainId, Address Ledger);
