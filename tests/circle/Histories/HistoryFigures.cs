namespace Helios.Tests.Circle.Histories;

/// <summary>What histories came to: counts add up, the worst stays.</summary>
internal sealed class HistoryFigures
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Energy got for nothing at the end of a history, Wh.</summary>
    public long GainWhMax { get; private set; }

    /// <summary>What one cut hid of it, Wh.</summary>
    public long HiddenWhMax { get; private set; }

    /// <summary>What one unclean restart cost, Wh.</summary>
    public long LossWhMax { get; private set; }

    public void Count(string what, int times = 1) =>
        _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Gained(long wh) => GainWhMax = Math.Max(GainWhMax, wh);

    public void Hid(long wh) => HiddenWhMax = Math.Max(HiddenWhMax, wh);

    public void Lost(long wh) => LossWhMax = Math.Max(LossWhMax, wh);

    public void Add(HistoryFigures other)
    {
        lock (_gate)
        {
            foreach (var (what, count) in other._counts)
            {
                _counts[what] = _counts.GetValueOrDefault(what) + count;
            }

            Gained(other.GainWhMax);
            Hid(other.HiddenWhMax);
            Lost(other.LossWhMax);
        }
    }

    public override string ToString() =>
        string.Join(", ", _counts.Select(static one => $"{one.Value} {one.Key}"))
        + $"; at most gained {GainWhMax} Wh, hidden by a cut {HiddenWhMax} Wh, lost by a restart "
        + $"{LossWhMax} Wh";
}
