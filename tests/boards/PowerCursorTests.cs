using CsCheck;
using Helios.Boards.Simulated;
using Helios.Boards.Virtual.Power;

namespace Helios.Tests.Boards;

public sealed class PowerCursorTests
{
    private static readonly Gen<PowerSeries> AnySeries =
        Gen.Select(Gen.Long[1, 300], Gen.Long[-17_250_000, 17_250_000]).Array[2, 40]
            .Select(samples => new PowerSeries(
                "random",
                DateTimeOffset.UnixEpoch,
                [.. samples.Select((_, i) => samples.Take(i).Sum(sample => sample.Item1))],
                [.. samples.Select(sample => sample.Item2)]));

    [Fact]
    public void Makes_the_impulses_of_the_energy_that_flowed_and_no_other() =>
        Gen.Select(AnySeries, Gen.UInt[1, 100_000], Gen.ULong[1, 90_000]).Sample(
            (series, impulsesPerKwh, lookEveryMs) =>
            {
                var clock = new BoardClock(series.StartsAt);
                var outputs = new PulseOutputs(
                    clock,
                    new PowerCursor(series, beginsAtMs: 5000, repeats: false),
                    impulsesPerKwh);
                var endsAtMs = 5000 + ((ulong)series.DurationSeconds * 1000) + lookEveryMs;
                while (clock.NowMs < endsAtMs)
                {
                    clock.MoveTo(clock.NowMs + lookEveryMs);
                    _ = outputs.Export.Pulses;
                }

                var energy = series.EnergyMillijoules();
                Assert.Equal(
                    PulseOutput.ImpulsesDown(energy.Export, impulsesPerKwh), outputs.Export.Pulses);
                Assert.Equal(
                    PulseOutput.ImpulsesDown(energy.Import, impulsesPerKwh), outputs.Import.Pulses);
            });

    [Fact]
    public void Repeats_a_series_without_a_gap()
    {
        var series = new PowerSeries("two steps", DateTimeOffset.UnixEpoch, [0, 2], [7, -3]);
        var cursor = new PowerCursor(series, beginsAtMs: 1000, repeats: true);

        var powers = Enumerable.Range(0, 11).Select(
            second => cursor.MilliwattsAt((ulong)second * 1000, out _));

        Assert.Equal([0, 7, 7, -3, -3, 7, 7, -3, -3, 7, 7], powers);
    }
}
