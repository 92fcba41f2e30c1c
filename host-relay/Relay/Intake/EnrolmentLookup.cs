using System.Collections.Concurrent;
using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Asks the ledger about meters that are not known. One that is not enrolled is asked about again
/// when there is a newer block, and only then.
/// </summary>
internal sealed class EnrolmentLookup(
    LedgerContract ledger, ChainHead head, KnownMeters meters, TimeProvider clock, ILogger log)
    : IDisposable
{
    // Strangers can invent addresses: the memory for them and the questions at once are limited.
    private const int StrangersMax = 10_000;
    private const int AskedAtOnceMax = 8;
    private const int WaitingMax = 1_000;

    // A node that gave no answer is left alone so long; strangers are refused meanwhile.
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Address, string> _strangers = new();
    private readonly SemaphoreSlim _turns = new(AskedAtOnceMax);
    private int _waiting;
    private long _failedAt = -1;

    /// <summary>The meter if the ledger knows it, else null and why.</summary>
    public async Task<(KnownMeter? Meter, RefusalReason Reason)> AskAsync(
        Address meter, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > WaitingMax)
            {
                return (null, RefusalReason.QueueFull);
            }

            await _turns.WaitAsync(ct);
            try
            {
                return await AskInTurnAsync(meter, ct);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<(KnownMeter? Meter, RefusalReason Reason)> AskInTurnAsync(
        Address meter, CancellationToken ct)
    {
        var failedAt = Volatile.Read(ref _failedAt);
        if (failedAt >= 0 && clock.GetElapsedTime(failedAt) < RestAfterFailure)
        {
            return (null, RefusalReason.NodeUnreachable);
        }

        try
        {
            return await AskLedgerAsync(meter, ct) is { } known
                ? (known, default)
                : (null, RefusalReason.NotEnrolled);
        }
        catch (Exception failure)
            when (failure is NodeUnreachableException or NodeRefusedException or FormatException)
        {
            log.NodeUnreachable(failure.Message);
            Volatile.Write(ref _failedAt, clock.GetTimestamp());
            return (null, RefusalReason.NodeUnreachable);
        }
    }

    private async Task<KnownMeter?> AskLedgerAsync(Address meter, CancellationToken ct)
    {
        // An enrolment needs a block: in the same block the answer is the same.
        var block = (await head.RefreshAsync(ct)).Hash;
        if (_strangers.TryGetValue(meter, out var askedAt)
            && string.Equals(askedAt, block, StringComparison.Ordinal))
        {
            return null;
        }

        var owner = await ledger.OwnerOfAsync(meter, ct);
        if (owner.IsZero)
        {
            if (_strangers.Count >= StrangersMax)
            {
                _strangers.Clear();
            }

            _strangers[meter] = block;
            return null;
        }

        var registers = await ledger.RegistersOfAsync(meter, ct);
        _strangers.TryRemove(meter, out _);
        log.MeterFound(meter, owner);
        var known = meters.Add(meter, registers);
        known.Owner = owner;
        return known;
    }
}
