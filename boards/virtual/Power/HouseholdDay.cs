namespace Helios.Boards.Virtual.Power;

/// <summary>
/// What a household takes in when no measured series is given: invented, some 11 kWh a day with the
/// peaks at which people get up, cook and come home.
/// </summary>
public static class HouseholdDay
{
    private const int StepSeconds = 60;
    private const double HoursAheadOfUtc = 1; // where ClearSkyDay's sun shines
    private const double BaseW = 180; // fridge, router, what stands by

    // At what hour, how wide (standard deviation, h), how high (W).
    private static readonly (double Hour, double Width, double PeakW)[] Peaks =
        [(7.25, 0.8, 500), (12.5, 0.9, 450), (19.5, 1.9, 900)];

    /// <summary>A load in steps of a minute.</summary>
    /// <param name="startsAt">The first minute.</param>
    /// <param name="durationSeconds">How long, s; two minutes at the least are made.</param>
    public static PowerSeries Compute(DateTimeOffset startsAt, long durationSeconds)
    {
        var steps = (int)Math.Max(2, durationSeconds / StepSeconds);
        var times = new long[steps];
        var power = new long[steps];
        for (var step = 0; step < steps; step++)
        {
            times[step] = step * StepSeconds;
            var hour = startsAt.AddSeconds(times[step]).UtcDateTime.TimeOfDay.TotalHours;
            power[step] = -(long)(LoadW(hour + HoursAheadOfUtc) * 1000);
        }

        return new PowerSeries("a household's load, invented", startsAt, times, power);
    }

    private static double LoadW(double hour) => BaseW + Peaks.Sum(peak =>
    {
        var apart = Math.Abs(hour - peak.Hour) % 24;
        var widths = Math.Min(apart, 24 - apart) / peak.Width;
        return peak.PeakW * Math.Exp(-widths * widths / 2);
    });
}
