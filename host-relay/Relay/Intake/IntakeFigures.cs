using System.Diagnostics.Metrics;

namespace Helios.Relay;

/// <summary>What was counted since the start and is not stored. For several threads.</summary>
internal sealed class IntakeFigures(TimeProvider clock)
{
    private readonly long[] _refused = new long[Enum.GetValues<RefusalReason>().Length];
    private long _received;
    private long _stored;
    private long _duplicates;

    /// <summary>A timestamp for <see cref="AddStored"/>.</summary>
    public long Now => clock.GetTimestamp();

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Messages whose reading is stored, now or before.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Where seconds from message to commit are noted, if anybody wants them.</summary>
    public Histogram<double>? Times { get; set; }

    public void AddReceived() => Interlocked.Increment(ref _received);

    public void AddDuplicate() => Interlocked.Increment(ref _duplicates);

    public void AddRefused(RefusalReason reason) =>
        Interlocked.Increment(ref _refused[(int)reason]);

    /// <summary>Counts a message that is stored, and how long that took.</summary>
    public void AddStored(long startedAt)
    {
        Interlocked.Increment(ref _stored);
        Times?.Record(clock.GetElapsedTime(startedAt).TotalSeconds);
    }

    public long RefusedFor(RefusalReason reason) =>
        Interlocked.Read(ref _refused[(int)reason]);

    public IReadOnlyDictionary<RefusalReason, long> Refused() => Enum.GetValues<RefusalReason>()
        .Select(reason => (reason, count: RefusedFor(reason)))
        .Where(pair => pair.count > 0)
        .ToDictionary(pair => pair.reason, pair => pair.count);
}
