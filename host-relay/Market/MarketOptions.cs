using Helios.Chain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Helios.Trading;

/// <summary>Everything that a command of the market is told. Immutable.</summary>
public sealed record MarketOptions
{
    /// <summary>http or https address of a node.</summary>
    public required Uri RpcUrl { get; init; }

    /// <summary>Longest wait for one answer of the node.</summary>
    public TimeSpan RpcTimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The chain that the node must be on.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Where the EnergyMarket stands.</summary>
    public required Address EnergyMarket { get; init; }

    /// <summary>Which of its markets; null: none is named.</summary>
    public Bytes32? Market { get; init; }

    /// <summary>Trades, signs and pays; null for commands that only look.</summary>
    public SenderKey? Key { get; init; }

    /// <summary>Where searches for events begin: the contract's first block.</summary>
    public ulong FromBlock { get; init; }

    /// <summary>Nothing is sent while the base fee is above this, wei per gas.</summary>
    public UInt128 MaxBaseFeePerGasWei { get; init; } = 100_000_000_000;

    /// <summary>Longest time until a keeper looks at the chain again.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Orders of fewer lots a keeper leaves to their owners to settle.</summary>
    public ulong SettledLotsMin { get; init; } = 1;

    /// <summary>Most gas that a keeper spends on one call for a standing order.</summary>
    public ulong StandingGasMax { get; init; } = 1_000_000;

    /// <summary>
    /// Longest wait for a block that contains what was sent: what is not in one by then is looked
    /// at again later.
    /// </summary>
    public TimeSpan ConfirmTimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where a keeper's log goes; nowhere by default.</summary>
    public ILoggerFactory Log { get; init; } = NullLoggerFactory.Instance;
}
