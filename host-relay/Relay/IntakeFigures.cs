namespace Helios.Relay;

/// <summary>What was counted since the start and is not stored.</summary>
internal sealed class IntakeFigures
{
    private readonly long[] _refused = new long[Enum.GetValues<RefusalReason>().Length];
    private long _received;
    private long _duplicates;

    public long Received => Interlocked.Read(ref _received);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public void AddReceived() => Interlocked.Increment(ref _received);

    public void AddDuplicate() => Interlocked.Increment(ref _duplicates);

    public void AddRefused(RefusalReason reason) =>
        Interlocked.Increment(ref _refused[(int)reason]);

    public IReadOnlyDictionary<RefusalReason, long> Refused() => Enum.GetValues<RefusalReason>()
        .Select(reason => (reason, count: Interlocked.Read(ref _refused[(int)reason])))
        .Where(pair => pair.count > 0)
        .ToDictionary(pair => pair.reason, pair => pair.count);
}
