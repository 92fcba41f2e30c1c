using Helios.Boards.Virtual.Power;

namespace Helios.Tests.Boards;

public sealed class ClearSkyDayTests
{
    [Theory]
    [InlineData("2026-06-21", 3.7, 19.1)] // Ispra: sunrise 03:34, sunset 19:17 UTC
    [InlineData("2026-12-21", 7.2, 15.5)] // 07:03, 15:40 UTC
    public void Shines_between_sunrise_and_sunset_only(string day, double risenHour, double setHour)
    {
        var series = ClearSkyDay.Compute(DateOnly.Parse(day), 5000);

        for (var step = 0; step < series.Count; step++)
        {
            var at = series.StartsAt.AddSeconds(series.StartsAtSeconds(step));
            var hour = at.TimeOfDay.TotalHours;
            var isDay = hour > risenHour && hour < setHour;
            var isNight = hour < risenHour - 0.7 || hour > setHour + 0.7;
            Assert.False(isDay && series.PowerMilliwatts(step) == 0, $"dark at {hour:0.00}");
            Assert.False(isNight && series.PowerMilliwatts(step) > 0, $"bright at {hour:0.00}");
        }
    }

    [Theory]
    [InlineData("2026-06-21", 40, 45)] // Haurwitz: 8 to 9 kWh a m2 on the level
    [InlineData("2026-12-21", 5, 11)]
    public void Gives_the_energy_of_a_clear_day(string day, double leastKwh, double mostKwh)
    {
        var energy = ClearSkyDay.Compute(DateOnly.Parse(day), 5000).EnergyMillijoules();

        Assert.InRange((double)energy.Export / 3.6e9, leastKwh, mostKwh);
        Assert.Equal(0, energy.Import);
    }
}
