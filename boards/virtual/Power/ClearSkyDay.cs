namespace Helios.Boards.Virtual.Power;

/// <summary>
/// A solar roof under a clear sky, computed from the sun's position: what the virtual board feeds
/// out when no measured series is given.
/// </summary>
/// <remarks>
/// Sun: declination and equation of time after Spencer (Fourier series, Search 2(5), 1971). Sky:
/// Haurwitz, global horizontal irradiance = 1098 cos z exp(-0.057 / cos z) W/m2 (Journal of
/// Meteorology 2, 1945). The roof is level, so power is proportional to that irradiance.
/// </remarks>
public static class ClearSkyDay
{
    private const double LatitudeDegrees = 45.8; // Ispra, where the idea was written down
    private const double LongitudeDegrees = 8.63;
    private const double StandardIrradianceWPerM2 = 1000; // IEC 60904-3, peak power is stated at it

    /// <summary>24 hours from sunrise in steps of a minute.</summary>
    /// <param name="day">The day, UTC, whose sun is computed.</param>
    /// <param name="peakPowerW">Power of the panels under 1,000 W/m2, in watts.</param>
    public static PowerSeries Compute(DateOnly day, double peakPowerW)
    {
        var minutes = new double[24 * 60];
        for (var minute = 0; minute < minutes.Length; minute++)
        {
            minutes[minute] = IrradianceWPerM2(day.DayOfYear, (minute + 0.5) / 60);
        }

        var sunrise = Array.FindIndex(minutes, irradiance => irradiance > 0);
        var times = new long[minutes.Length];
        var power = new long[minutes.Length];
        for (var step = 0; step < minutes.Length; step++)
        {
            times[step] = step * 60L;
            var irradiance = minutes[(sunrise + step) % minutes.Length];
            power[step] = (long)(peakPowerW * 1000 * irradiance / StandardIrradianceWPerM2);
        }

        return new PowerSeries(
            $"clear sky computed for {day:yyyy-MM-dd}, {peakPowerW:0} W peak, at 45.8 N 8.6 E",
            new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddMinutes(sunrise),
            times,
            power);
    }

    private static double IrradianceWPerM2(int dayOfYear, double hourUtc)
    {
        var dayAngle = 2 * Math.PI * (dayOfYear - 1) / 365;
        var solarHour = hourUtc + (LongitudeDegrees / 15) + (EquationOfTimeMinutes(dayAngle) / 60);
        var hourAngle = (solarHour - 12) * Math.PI / 12;
        var latitude = LatitudeDegrees * Math.PI / 180;
        var declination = DeclinationRadians(dayAngle);

        var cosZenith = (Math.Sin(latitude) * Math.Sin(declination))
            + (Math.Cos(latitude) * Math.Cos(declination) * Math.Cos(hourAngle));
        return cosZenith <= 0 ? 0 : 1098 * cosZenith * Math.Exp(-0.057 / cosZenith);
    }

    private static double DeclinationRadians(double dayAngle) =>
        0.006918
        - (0.399912 * Math.Cos(dayAngle)) + (0.070257 * Math.Sin(dayAngle))
        - (0.006758 * Math.Cos(2 * dayAngle)) + (0.000907 * Math.Sin(2 * dayAngle))
        - (0.002697 * Math.Cos(3 * dayAngle)) + (0.00148 * Math.Sin(3 * dayAngle));

    private static double EquationOfTimeMinutes(double dayAngle) =>
        229.18 * (0.000075
        + (0.001868 * Math.Cos(dayAngle)) - (0.032077 * Math.Sin(dayAngle))
        - (0.014615 * Math.Cos(2 * dayAngle)) - (0.040849 * Math.Sin(2 * dayAngle)));
}
