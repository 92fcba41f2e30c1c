namespace Helios.Boards.Virtual.Power;

/// <summary>
/// Walks through a <see cref="PowerSeries"/> second by second.
/// </summary>
/// <param name="series">The series to walk through.</param>
/// <param name="repeats">After its end: start again, or stay at zero.</param>
public sealed class PowerCursor(PowerSeries series, bool repeats)
{
    private int _index;
    private long _elapsedSeconds;

    /// <summary>Power in the second that begins now, mW; then time moves on by that second.</summary>
    public long NextMilliwatts()
    {
        if (_elapsedSeconds == series.DurationSeconds)
        {
            if (!repeats)
            {
                return 0;
            }

            _elapsedSeconds = 0;
            _index = 0;
        }

        if (_elapsedSeconds == series.EndsAtSeconds(_index))
        {
            _index++;
        }

        _elapsedSeconds++;
        return series.PowerMilliwatts(_index);
    }
}
