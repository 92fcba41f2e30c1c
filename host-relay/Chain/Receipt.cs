namespace Helios.Chain;

/// <summary>What became of a transaction that a block contains.</summary>
/// <param name="Succeeded">False if it reverted; the fee is paid all the same.</param>
/// <param name="BlockNumber">Height of the block.</param>
/// <param name="BlockHash">Which block of that height; another one after a reorg.</param>
/// <param name="GasUsed">Gas paid for.</param>
/// <param name="CreatedContract">The address of a contract that it deployed.</param>
/// <param name="Logs">Events in the order in which they were emitted.</param>
public sealed record Receipt(
    bool Succeeded,
    ulong BlockNumber,
    string BlockHash,
    ulong GasUsed,
    Address? CreatedContract,
    IReadOnlyList<LogEntry> Logs);
