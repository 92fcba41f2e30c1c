using Helios.Boards.Virtual;
using Helios.Boards.Virtual.Power;

namespace Helios.Tests.Boards;

public sealed class PlayedSeriesTests
{
    private static readonly DateOnly Second = new(2011, 7, 2);

    [Theory]
    [InlineData(1, 1, 0.5 * 24)]
    [InlineData(2, 2, (0.5 + 0.25) * 24)]
    [InlineData(null, 1, 0.5 * 24)]
    public void Consumers_take_in_the_days_of_the_house_that_were_asked_for(
        int? asked, int played, double kwh)
    {
        using var file = ThreeDays();

        var series = PlayedSeries.Of(Of(file, Second, asked));

        var consumer = Assert.Single(series.Consumers);
        Assert.Equal(new DateTimeOffset(2011, 7, 2, 0, 0, 0, TimeSpan.Zero), series.StartsAt);
        Assert.Equal(series.StartsAt, consumer.StartsAt);
        Assert.Equal(played * 86_400, consumer.DurationSeconds);
        Assert.Equal((0, (Int128)(kwh * 3_600_000_000)), consumer.EnergyMillijoules());
        Assert.Equal(
            (played * (Int128)86_400_000_000, 0),
            Assert.Single(series.Producers).EnergyMillijoules());
    }

    [Theory]
    [InlineData(2011, 6, 30, 1)]
    [InlineData(2011, 7, 2, 3)]
    [InlineData(2011, 7, 4, null)]
    public void Refuses_days_that_the_file_does_not_hold(int year, int month, int day, int? days)
    {
        using var file = ThreeDays();

        var mistake = Assert.Throws<BadInputException>(
            () => PlayedSeries.Of(Of(file, new DateOnly(year, month, day), days)));

        Assert.Contains(
            "goes from 2011-07-01 00:00 to 2011-07-04 00:00; give --from and --days",
            mistake.Message);
    }

    [Fact]
    public void An_invented_load_goes_with_a_clear_sky()
    {
        var series = PlayedSeries.Of(new NeighbourhoodOptions());

        var load = Assert.Single(series.Consumers);
        var (export, import) = load.EnergyMillijoules();
        Assert.Equal(Assert.Single(series.Producers).DurationSeconds, load.DurationSeconds);
        Assert.Equal(0, export);
        Assert.InRange((double)import / 3.6e9, 10, 12);
        Assert.All(
            Enumerable.Range(0, load.Count),
            step => Assert.InRange(load.PowerMilliwatts(step), -2_000_000, -180_000));
    }

    // Half-hours of 0.75, 0.5 and 0.25 kW taken in, a day each, and 1 kW fed out.
    private static TemporaryFile ThreeDays() => new(
        ",GC,GG\n" + string.Concat(Enumerable.Range(0, 144).Select(i => FormattableString.Invariant(
            $"{new DateTime(2011, 7, 1).AddMinutes(30 * i):s},{0.75 - (i / 48 * 0.25)},1\n"))));

    private static NeighbourhoodOptions Of(TemporaryFile file, DateOnly from, int? days) => new()
    {
        House = new MeasuredHouse(file.Path, "GC", "GG", from, days),
    };
}
