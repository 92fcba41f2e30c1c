using System.Net;
using Helios.Chain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Helios.Relay;

/// <summary>
/// Everything that a relay is told at its start. Immutable; checked by the relay.
/// </summary>
public sealed record RelayOptions
{
    /// <summary>http or https address of the node.</summary>
    public required Uri RpcUrl { get; init; }

    /// <summary>Longest wait for one answer of the node.</summary>
    public TimeSpan RpcTimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The chain that the node must be on.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Where the ReadingLedger stands.</summary>
    public required Address Ledger { get; init; }

    /// <summary>Pays for the transactions.</summary>
    public required SenderKey Sender { get; init; }

    /// <summary>
    /// SQLite file, made if it is missing; or a connection string of PostgreSQL, told by its
    /// "Host=". It belongs to one deployment.
    /// </summary>
    public required string DatabasePath { get; init; }

    /// <summary>mqtt or mqtts address of a broker; null starts one inside the relay.</summary>
    public Uri? BrokerUrl { get; init; }

    /// <summary>Where the relay's own broker listens.</summary>
    public IPAddress BrokerAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the relay's own broker; 0 takes a free one.</summary>
    public int BrokerPort { get; init; } = 1883;

    /// <summary>
    /// Copies of the relay that share this name get each message of another's broker once between
    /// them; null gets every message.
    /// </summary>
    public string? ShareGroup { get; init; }

    /// <summary>TLS and names of clients for the relay's own broker; null for neither.</summary>
    public BrokerSecurity? BrokerSecurity { get; init; }

    /// <summary>
    /// Whether signers are recovered with libsecp256k1 where it is installed; BouncyCastle
    /// otherwise.
    /// </summary>
    public bool MayUseLibsecp256k1 { get; init; } = true;

    /// <summary>How much one connection and one meter may send.</summary>
    public RelayLimits Limits { get; init; } = new();

    /// <summary>When readings are submitted.</summary>
    public SubmissionPolicy Submission { get; init; } = new();

    /// <summary>Longest time until a new block is noticed.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where health and metrics are served.</summary>
    public IPAddress HttpAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Their port; 0 takes a free one, null serves neither.</summary>
    public int? HttpPort { get; init; }

    /// <summary>Where traces go, OTLP over HTTP; null sends none.</summary>
    public Uri? TracesUrl { get; init; }

    /// <summary>Of a thousand readings so many are traced, 1 to 1000.</summary>
    public int TracedPerMille { get; init; } = 1_000;

    /// <summary>Whether the program's log lines are JSON objects.</summary>
    public bool LogsJson { get; init; }

    /// <summary>Where the log goes; nowhere by default.</summary>
    public ILoggerFactory Log { get; init; } = NullLoggerFactory.Instance;
}
