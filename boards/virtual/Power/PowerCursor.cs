using Helios.Boards.Simulated;

namespace Helios.Boards.Virtual.Power;

/// <summary>
/// Walks through a <see cref="PowerSeries"/> from the moment at which it is switched on.
/// </summary>
/// <param name="series">The series to walk through.</param>
/// <param name="beginsAtMs">When its first sample begins; before that nothing flows.</param>
/// <param name="repeats">After its end: start again, or stay at zero.</param>
public sealed class PowerCursor(PowerSeries series, ulong beginsAtMs, bool repeats) : IPowerFlow
{
    private int _index;
    private ulong _roundBeginsAtMs = beginsAtMs;

    /// <inheritdoc/>
    public long MilliwattsAt(ulong atMs, out ulong untilMs)
    {
        if (atMs < _roundBeginsAtMs)
        {
            untilMs = _roundBeginsAtMs;
            return 0;
        }

        while (atMs >= EndOf(_index))
        {
            if (_index + 1 == series.Count && !repeats)
            {
                untilMs = ulong.MaxValue;
                return 0;
            }

            Step();
        }

        untilMs = EndOf(_index);
        return series.PowerMilliwatts(_index);
    }

    private void Step()
    {
        _index++;
        if (_index == series.Count)
        {
            _index = 0;
            _roundBeginsAtMs += (ulong)series.DurationSeconds * 1000;
        }
    }

    private ulong EndOf(int index) =>
        _roundBeginsAtMs + ((ulong)series.EndsAtSeconds(index) * 1000);
}
