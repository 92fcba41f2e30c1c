using Helios.Chain;

namespace Helios.Relay;

/// <summary>What was brought to the chain since the start. For several threads.</summary>
internal sealed class SubmissionFigures
{
    private readonly long[] _skipped = new long[Enum.GetValues<SkipReason>().Length];
    private long _signed;
    private long _confirmed;
    private long _reverted;
    private long _undone;
    private long _accepted;
    private long _coins;
    private long _gas;

    public long Signed => Interlocked.Read(ref _signed);

    public long Confirmed => Interlocked.Read(ref _confirmed);

    public long Reverted => Interlocked.Read(ref _reverted);

    public long Undone => Interlocked.Read(ref _undone);

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Coins => Interlocked.Read(ref _coins);

    public long Gas => Interlocked.Read(ref _gas);

    public void AddSigned() => Interlocked.Increment(ref _signed);

    public void AddUndone() => Interlocked.Increment(ref _undone);

    /// <summary>Counts a transaction that a block contains, and what is in it.</summary>
    public void AddConfirmed(
        Receipt receipt,
        IReadOnlyList<ReadingAccepted> accepted,
        IReadOnlyList<ReadingSkipped> skipped)
    {
        Interlocked.Increment(ref _confirmed);
        Interlocked.Add(ref _reverted, receipt.Succeeded ? 0 : 1);
        Interlocked.Add(ref _gas, (long)receipt.GasUsed);
        Interlocked.Add(ref _accepted, accepted.Count);
        Interlocked.Add(ref _coins, accepted.Sum(static one => (long)one.Coins));
        foreach (var one in skipped)
        {
            Interlocked.Increment(ref _skipped[(int)one.Reason]);
        }
    }

    /// <summary>Readings that blocks skipped, by the ledger's reason.</summary>
    public long Skipped(SkipReason reason) => Interlocked.Read(ref _skipped[(int)reason]);
}
