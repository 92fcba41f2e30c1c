using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// From a broker to the disk. <see cref="TakeAsync"/> verifies on the caller's thread and queues;
/// one task stores what has gathered in one commit, and only then acknowledges. While it commits,
/// the next group gathers.
/// </summary>
internal sealed class ReadingIntake(
    ReadingVerifier verifier,
    KnownMeters meters,
    EnrolmentLookup enrolments,
    ChainHead head,
    IRelayStore store,
    IntakeFigures figures,
    ILogger log)
{
    // Verified readings, about 500 bytes each.
    private const int QueueLengthMax = 16_384;
    private const int GroupSizeMax = 500;

    // A database that cannot serve is tried again so much later.
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly Channel<QueuedReading> _queue = Channel.CreateBounded<QueuedReading>(
        new BoundedChannelOptions(QueueLengthMax) { SingleReader = true });

    private Task _acknowledging = Task.CompletedTask;
    private bool _isStoreAway;

    /// <summary>Readings that wait for their commit.</summary>
    public int QueueLength => _queue.Reader.Count;

    /// <summary>Whether the last commit failed because the database could not serve.</summary>
    public bool IsStoreAway => Volatile.Read(ref _isStoreAway);

    /// <summary>Completes when a message is stored, or refused: then with the reason.</summary>
    public async Task<RefusalReason?> TakeAsync(
        string topic, ReadOnlySequence<byte> payload, CancellationToken ct)
    {
        figures.AddReceived();
        using var step = ReadingTrace.Take(topic, payload);
        var startedAt = figures.Now;
        var reason = await TryTakeAsync(topic, payload, ct);
        if (reason is { } refusal)
        {
            step?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, $"{refusal}");
            Refuse(refusal);
        }
        else
        {
            figures.AddStored(startedAt);
        }

        return reason;
    }

    /// <summary>Counts a message that was refused before it came here.</summary>
    public void Refuse(RefusalReason reason)
    {
        log.Refused(reason);
        figures.AddRefused(reason);
    }

    /// <summary>Completes when everything that is queued now is stored or refused.</summary>
    public async Task WhenPassedAsync(CancellationToken ct)
    {
        var passed = NewPromise();
        await _queue.Writer.WriteAsync(new QueuedReading(null, null, passed), ct);
        await passed.Task.WaitAsync(ct);
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(IBroker broker, CancellationToken ct)
    {
        var group = new List<QueuedReading>(GroupSizeMax);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(ct))
            {
                group.Clear();
                while (group.Count < GroupSizeMax && _queue.Reader.TryRead(out var queued))
                {
                    group.Add(queued);
                }

                await StoreAsync(group, broker, ct);
            }
        }
        finally
        {
            // Nobody is left waiting for a commit that never comes.
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var queued))
            {
                queued.Done.TrySetResult(RefusalReason.StoreUnavailable);
            }
        }
    }

    private async Task<RefusalReason?> TryTakeAsync(
        string topic, ReadOnlySequence<byte> payload, CancellationToken ct)
    {
        if (verifier.Verify(topic, payload, out var reason) is not { } reading)
        {
            return reason;
        }

        KnownMeter? meter;
        try
        {
            meter = meters.Find(reading.Meter);
            if (meter is null)
            {
                (meter, reason) = await enrolments.AskAsync(reading.Meter, ct);
            }
        }
        catch (StoreUnavailableException failure)
        {
            log.StoreAway(failure.Message);
            return RefusalReason.StoreUnavailable;
        }

        return meter is null ? reason : await QueueAsync(meter, reading, ct);
    }

    private async Task<RefusalReason?> QueueAsync(
        KnownMeter meter, VerifiedReading reading, CancellationToken ct)
    {
        var limit = meter.LimitOf(reading.Reading.Pagination);
        if (!limit.TryPass())
        {
            if (limit.IsToBeNamed())
            {
                log.MeterFloods(meter.Address);
            }

            return RefusalReason.MeterLimit;
        }

        using var step = ReadingTrace.Store();
        var queued = new QueuedReading(meter, reading, NewPromise());
        return _queue.Writer.TryWrite(queued)
            ? await queued.Done.Task.WaitAsync(ct)
            : RefusalReason.QueueFull;
    }

    private async Task StoreAsync(
        List<QueuedReading> group, IBroker broker, CancellationToken ct)
    {
        var readings = group.Where(static one => one.Reading is not null).ToArray();
        try
        {
            if (readings.Length > 0)
            {
                await CommitAsync(readings, broker, ct);
            }

            Volatile.Write(ref _isStoreAway, false);
            foreach (var marker in group.Where(static one => one.Reading is null))
            {
                marker.Done.TrySetResult(null);
            }
        }
        catch (StoreUnavailableException failure)
        {
            Volatile.Write(ref _isStoreAway, true);
            log.StoreAway(failure.Message);
            foreach (var one in group)
            {
                one.Done.TrySetResult(RefusalReason.StoreUnavailable);
            }

            await Task.Delay(RestAfterFailure, ct);
        }
    }

    private async Task CommitAsync(QueuedReading[] group, IBroker broker, CancellationToken ct)
    {
        var rows = Array.ConvertAll(group, static one => (one.Meter!.Id, one.Reading!));
        var now = head.Latest.Timestamp;
        var outcomes = store.Write(connection => ReadingTable.Append(connection, rows, now));
        for (var i = 0; i < group.Length; i++)
        {
            Finish(group[i], outcomes[i]);
        }

        // One group's acknowledgements travel while the next is committed, and no more than one.
        await _acknowledging;
        _acknowledging = AcknowledgeAsync(group, broker, ct);
    }

    private void Finish(QueuedReading queued, AppendOutcome outcome)
    {
        var (meter, pagination) = (queued.Meter!, queued.Reading!.Reading.Pagination);
        if (outcome == AppendOutcome.Conflicting)
        {
            log.Conflicting(meter.Address, pagination);
            queued.Done.TrySetResult(RefusalReason.Conflicting);
            return;
        }

        if (outcome == AppendOutcome.Duplicate)
        {
            figures.AddDuplicate();
        }

        meter.Stored(pagination);
        queued.Done.TrySetResult(null);
    }

    // Duplicates are acknowledged too: their first acknowledgement may have been lost.
    private static Task AcknowledgeAsync(
        QueuedReading[] group, IBroker broker, CancellationToken ct) =>
        Task.WhenAll(group.Select(static one => one.Meter!).Distinct().Select(meter =>
            broker.AcknowledgeAsync(
                meter.Address, meter.StoredPagination, meter.AcceptedPagination, ct)));

    private static TaskCompletionSource<RefusalReason?> NewPromise() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
