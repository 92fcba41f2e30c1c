using Helios.Chain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Helios.Control;

/// <summary>
/// Everything that a controller is told at its start. Immutable; checked by the controller.
/// </summary>
public sealed record ControlOptions
{
    /// <summary>
    /// http or https addresses of one node or more, each run by somebody else if possible: what
    /// they do not all say alike is not signed.
    /// </summary>
    public required IReadOnlyList<Uri> RpcUrls { get; init; }

    /// <summary>Longest wait for one answer of a node.</summary>
    public TimeSpan RpcTimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The chain that the nodes must be on.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Where the ReadingLedger stands.</summary>
    public required Address Ledger { get; init; }

    /// <summary>Signs the orders; pays for nothing.</summary>
    public required SenderKey Key { get; init; }

    /// <summary>
    /// Null: a block is final when the chain says so. On a development chain that never does, the
    /// number of blocks that must stand on top of it, 1 or more.
    /// </summary>
    public uint? Confirmations { get; init; }

    /// <summary>
    /// The meters that orders are signed for; none: every meter that coins are redeemed for.
    /// </summary>
    public IReadOnlyList<Address> Meters { get; init; } = [];

    /// <summary>Where the search for such meters begins: the ledger's first block.</summary>
    public ulong FromBlock { get; init; }

    /// <summary>SQLite file, made if it is missing. It belongs to one key and deployment.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>mqtt or mqtts address of the broker that the meters listen to.</summary>
    public required Uri BrokerUrl { get; init; }

    /// <summary>Longest time until a new final block is noticed.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// So often every order is published again, in case somebody has overwritten one.
    /// </summary>
    public TimeSpan RepublishInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where the log goes; nowhere by default.</summary>
    public ILoggerFactory Log { get; init; } = NullLoggerFactory.Instance;
}
