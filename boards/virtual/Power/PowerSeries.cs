namespace Helios.Boards.Virtual.Power;

/// <summary>
/// The power that one installation feeds out (positive) or takes in (negative) over time. A sample
/// holds until the next one; the last one holds as long as the one before it.
/// </summary>
/// <remarks>
/// Power is kept in whole milliwatts and time in whole seconds, so that energy is an exact integer
/// of millijoules (mW x s) and the number of impulses can be reconciled to the last one.
/// </remarks>
public sealed class PowerSeries
{
    private readonly long[] _startsAtSeconds;
    private readonly long[] _powerMilliwatts;

    /// <param name="name">Where the series comes from, for people.</param>
    /// <param name="startsAt">Time of the first sample.</param>
    /// <param name="startsAtSeconds">Seconds from the first sample, strictly rising from 0.</param>
    /// <param name="powerMilliwatts">Power of each sample, mW, as many as there are times.</param>
    public PowerSeries(
        string name, DateTimeOffset startsAt, long[] startsAtSeconds, long[] powerMilliwatts)
    {
        ArgumentNullException.ThrowIfNull(startsAtSeconds);
        ArgumentNullException.ThrowIfNull(powerMilliwatts);
        if (startsAtSeconds.Length < 2 || powerMilliwatts.Length != startsAtSeconds.Length)
        {
            throw new ArgumentException(
                "A series has at least two times and as many powers.", nameof(powerMilliwatts));
        }

        Name = name;
        StartsAt = startsAt;
        _startsAtSeconds = startsAtSeconds;
        _powerMilliwatts = powerMilliwatts;
        DurationSeconds = (2 * startsAtSeconds[^1]) - startsAtSeconds[^2];
    }

    /// <summary>Where the series comes from.</summary>
    public string Name { get; }

    /// <summary>Time of the first sample.</summary>
    public DateTimeOffset StartsAt { get; }

    /// <summary>From the first sample to the end of the last, seconds.</summary>
    public long DurationSeconds { get; }

    /// <summary>Number of samples, 2 or more.</summary>
    public int Count => _powerMilliwatts.Length;

    /// <summary>Start of a sample, seconds from the first one.</summary>
    public long StartsAtSeconds(int index) => _startsAtSeconds[index];

    /// <summary>End of a sample, seconds from the first one.</summary>
    public long EndsAtSeconds(int index) =>
        index + 1 < Count ? _startsAtSeconds[index + 1] : DurationSeconds;

    /// <summary>Power of a sample, mW; positive is fed out.</summary>
    public long PowerMilliwatts(int index) => _powerMilliwatts[index];

    /// <summary>The samples that begin within a time.</summary>
    /// <param name="from">The first moment of it.</param>
    /// <param name="length">How long it is.</param>
    /// <returns>Null if fewer than two samples do.</returns>
    public PowerSeries? Part(DateTimeOffset from, TimeSpan length)
    {
        var fromSeconds = (from - StartsAt).TotalSeconds;
        var untilSeconds = fromSeconds + length.TotalSeconds;
        var first = Array.FindIndex(_startsAtSeconds, second => second >= fromSeconds);
        var last = Array.FindLastIndex(_startsAtSeconds, second => second < untilSeconds);
        if (first < 0 || last <= first)
        {
            return null;
        }

        var startsAt = _startsAtSeconds[first];
        return new PowerSeries(
            Name,
            StartsAt.AddSeconds(startsAt),
            [.. _startsAtSeconds[first..(last + 1)].Select(second => second - startsAt)],
            _powerMilliwatts[first..(last + 1)]);
    }

    /// <summary>
    /// Energy of the whole series in millijoules: fed out, and taken in. Summed sample by sample
    /// and not second by second, so that it can check the pulse outputs.
    /// </summary>
    public (Int128 Export, Int128 Import) EnergyMillijoules()
    {
        Int128 export = 0;
        Int128 import = 0;
        for (var index = 0; index < Count; index++)
        {
            var energy = (Int128)_powerMilliwatts[index]
                * (EndsAtSeconds(index) - StartsAtSeconds(index));
            export += Int128.Max(energy, 0);
            import += Int128.Max(-energy, 0);
        }

        return (export, import);
    }
}
