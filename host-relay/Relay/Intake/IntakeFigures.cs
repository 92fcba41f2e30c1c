namespace Helios.Relay;

/// <summary>What was counted since the start and is not stored. For several threads.</summary>
internal sealed class IntakeFigures(TimeProvider clock)
{
    /// <summary>Upper ends of the classes in which times are counted, milliseconds.</summary>
    public static readonly int[] TimeClassesMs = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500];

    private readonly long[] _refused = new long[Enum.GetValues<RefusalReason>().Length];
    private readonly long[] _times = new long[TimeClassesMs.Length + 1];
    private long _received;
    private long _duplicates;
    private long _timeSumMs;

    /// <summary>A timestamp for <see cref="AddStored"/>.</summary>
    public long Now => clock.GetTimestamp();

    public long Received => Interlocked.Read(ref _received);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Milliseconds from message to commit, all together.</summary>
    public long TimeSumMs => Interlocked.Read(ref _timeSumMs);

    public void AddReceived() => Interlocked.Increment(ref _received);

    public void AddDuplicate() => Interlocked.Increment(ref _duplicates);

    public void AddRefused(RefusalReason reason) =>
        Interlocked.Increment(ref _refused[(int)reason]);

    /// <summary>Counts a message that is stored, and how long that took.</summary>
    public void AddStored(long startedAt)
    {
        var ms = (long)clock.GetElapsedTime(startedAt).TotalMilliseconds;
        Interlocked.Add(ref _timeSumMs, ms);
        var at = Array.FindIndex(TimeClassesMs, limit => ms <= limit);
        Interlocked.Increment(ref _times[at < 0 ? TimeClassesMs.Length : at]);
    }

    /// <summary>Messages in each class of time; the last is longer than all of them.</summary>
    public long[] Times() =>
        [.. Enumerable.Range(0, _times.Length).Select(i => Interlocked.Read(ref _times[i]))];

    public IReadOnlyDictionary<RefusalReason, long> Refused() => Enum.GetValues<RefusalReason>()
        .Select(reason => (reason, count: Interlocked.Read(ref _refused[(int)reason])))
        .Where(pair => pair.count > 0)
        .ToDictionary(pair => pair.reason, pair => pair.count);
}
