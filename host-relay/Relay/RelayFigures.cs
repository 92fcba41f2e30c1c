using Helios.Chain;

namespace Helios.Relay;

/// <summary>What the relay has done; all but the first three lines survive a restart.</summary>
public sealed record RelayFigures
{
    /// <summary>Messages taken from the broker since the start.</summary>
    public required long Received { get; init; }

    /// <summary>
    /// Readings that were stored before, or are older than the accepted one, since the start.
    /// </summary>
    public required long Duplicates { get; init; }

    /// <summary>
    /// Messages refused since the start, by reason; a reason without any is missing.
    /// </summary>
    public required IReadOnlyDictionary<RefusalReason, long> Refused { get; init; }

    /// <summary>Readings in the database.</summary>
    public required long Stored { get; init; }

    /// <summary>Readings that wait for their transaction.</summary>
    public required long Pending { get; init; }

    /// <summary>Readings that the ledger accepted from this relay.</summary>
    public required long Accepted { get; init; }

    /// <summary>Readings that a newer one made needless; they cost no gas.</summary>
    public required long Superseded { get; init; }

    /// <summary>
    /// Readings given up, by the ledger's reason; None stands for a transaction that reverted.
    /// </summary>
    public required IReadOnlyDictionary<SkipReason, long> Skipped { get; init; }

    /// <summary>Transactions signed.</summary>
    public required long Transactions { get; init; }

    /// <summary>Transactions that no block contains yet.</summary>
    public required long Unconfirmed { get; init; }

    /// <summary>Gas paid for, all transactions.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>One entry a meter that ever sent a valid reading.</summary>
    public required IReadOnlyList<MeterFigures> Meters { get; init; }
}
