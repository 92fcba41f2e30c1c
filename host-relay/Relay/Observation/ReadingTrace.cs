using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// A reading's way from MQTT to the block as one OpenTelemetry trace. Its id is made of the signed
/// bytes (SHA-256, the first 16 bytes), so every copy of the relay knows it, after a restart too,
/// and nothing is stored for it. What the meter did is the parent that nobody reports.
/// </summary>
internal static class ReadingTrace
{
    /// <summary>The source's name, for whoever listens.</summary>
    public const string Name = "Helios.Relay";

    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Whether anybody listens; else every step is null and costs nothing.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>From the message's arrival until it is stored or refused.</summary>
    public static Activity? Take(string topic, in ReadOnlySequence<byte> payload) => IsOn
        ? Source.StartActivity("take", ActivityKind.Consumer, ContextOf(payload.ToArray()))
            ?.SetTag("messaging.destination.name", topic)
        : null;

    /// <summary>From the queue to the commit; part of the step before.</summary>
    public static Activity? Store() =>
        Activity.Current is null ? null : Source.StartActivity("store");

    /// <summary>Notes that a signed transaction carries these readings.</summary>
    public static void Submitted(
        IEnumerable<byte[]> signed, DateTimeOffset startedAt, OutgoingRow outgoing)
    {
        if (!IsOn)
        {
            return;
        }

        foreach (var one in signed)
        {
            using var step = Source.StartActivity(
                "submit", ActivityKind.Producer, ContextOf(one), startTime: startedAt);
            step?.SetTag("helios.nonce", outgoing.Nonce)
                .SetTag("helios.transaction", Hex.Of(outgoing.Hash));
        }
    }

    /// <summary>Notes that a block contains readings, and what became of each there.</summary>
    public static void InBlock(
        IEnumerable<(Address Meter, uint Pagination, byte[] Signed)> carried,
        Receipt receipt,
        IReadOnlyList<ReadingAccepted> accepted,
        IReadOnlyList<ReadingSkipped> skipped)
    {
        var outcomes = new Dictionary<(Address, uint), string>();
        foreach (var one in skipped)
        {
            outcomes[(one.Meter, one.Pagination)] = $"{one.Reason}";
        }

        foreach (var one in accepted)
        {
            outcomes[(one.Meter, one.Pagination)] = "Accepted";
        }

        foreach (var (meter, pagination, signed) in carried)
        {
            using var step = Source.StartActivity(
                "block", ActivityKind.Internal, ContextOf(signed));
            step?.SetTag("helios.block", receipt.BlockNumber)
                .SetTag("helios.block_hash", receipt.BlockHash)
                .SetTag(
                    "helios.outcome",
                    outcomes.GetValueOrDefault((meter, pagination), "Reverted"));
        }
    }

    private static ActivityContext ContextOf(ReadOnlySpan<byte> signed)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signed, hash);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(hash[..TraceIdLength]),
            ActivitySpanId.CreateFromBytes(hash.Slice(TraceIdLength, SpanIdLength)),
            ActivityTraceFlags.Recorded,
            isRemote: true);
    }
}
