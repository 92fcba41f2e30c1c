using CsCheck;
using Helios.Boards.Virtual.Pins;
using Helios.Boards.Virtual.Power;

namespace Helios.Tests.Boards;

public sealed class PulseOutputTests
{
    private static readonly Gen<PowerSeries> AnySeries =
        Gen.Select(Gen.Long[1, 300], Gen.Long[-17_250_000, 17_250_000]).Array[2, 40].Select(samples =>
            new PowerSeries(
                "random",
                DateTimeOffset.UnixEpoch,
                [.. samples.Select((_, i) => samples.Take(i).Sum(sample => sample.Item1))],
                [.. samples.Select(sample => sample.Item2)]));

    [Fact]
    public void Makes_the_impulses_of_the_energy_that_flowed_and_no_other() =>
        Gen.Select(AnySeries, Gen.UInt[1, 100_000]).Sample((series, impulsesPerKwh) =>
        {
            var export = new PulseOutput(impulsesPerKwh);
            var cursor = new PowerCursor(series, repeats: false);
            for (var second = 0L; second < series.DurationSeconds + 5; second++)
            {
                export.FlowForOneSecond(Math.Max(0, cursor.NextMilliwatts()));
            }

            var energy = series.EnergyMillijoules().Export;
            Assert.Equal(PulseOutput.ImpulsesDown(energy, impulsesPerKwh), export.ImpulsesMade);
        });

    [Fact]
    public void Repeats_a_series_without_a_gap()
    {
        var series = new PowerSeries("two steps", DateTimeOffset.UnixEpoch, [0, 2], [7, -3]);
        var cursor = new PowerCursor(series, repeats: true);

        var powers = Enumerable.Range(0, 10).Select(_ => cursor.NextMilliwatts());

        Assert.Equal([7, 7, -3, -3, 7, 7, -3, -3, 7, 7], powers);
    }
}
