using System.Globalization;

namespace Helios.Tests.Boards.Circuits;

/// <summary>Power-fail detector, hold-up capacitor and watchdog of boards/README.md.</summary>
public sealed class SupplyTests
{
    private const double ResistorTolerance = 0.01;

    private static readonly CircuitTable PowerFail = new("power fail");
    private static readonly CircuitTable Watchdog = new("watchdog");

    [Fact]
    public void The_detector_tells_a_failing_supply_from_a_weak_one()
    {
        var threshold = Corners.Of(
            [
                Corners.Within(PowerFail.Value("detector"), 0.01),
                Corners.Within(PowerFail.Value("Ra"), ResistorTolerance),
                Corners.Within(PowerFail.Value("Rd"), ResistorTolerance),
            ],
            corner => corner[0] * (corner[1] + corner[2]) / corner[2]);

        Assert.Equal(PowerFail.Text("threshold, falling"), threshold.Outward(1, "V"));
        Assert.True(threshold.Most < 12 * 0.98);
    }

    [Fact]
    public void The_capacitor_outlives_two_writes_of_the_journal()
    {
        const double EventS = 0.03;
        const double WriteS = 0.1;
        var worst = HoldUpS(PowerFail.Value("load"));
        var guessed = HoldUpS(0.370);

        Assert.True(guessed > EventS + (2 * WriteS));
        Assert.Equal(PowerFail.Text("hold-up, worst"), Seconds(worst));
        Assert.Equal(PowerFail.Text("hold-up, worst, were the load 370 mA"), Seconds(guessed));
    }

    [Fact]
    public void The_watchdog_leaves_time_for_the_longest_call_that_ends()
    {
        const double AccuracyTypical = 0.01;
        const double DoneBeforeEndS = 0.02;
        const double FeedPeriodS = 1;
        const double LongestCallS = 120;
        var interval = Corners.Of(
            [
                Corners.Within(Watchdog.Value("REXT"), ResistorTolerance),
                Corners.Within(1, AccuracyTypical),
            ],
            corner => IntervalS(corner[0]) * corner[1]);
        var longest = Math.Floor(interval.Least - DoneBeforeEndS - FeedPeriodS);

        Assert.Equal(Watchdog.Text("interval T"), interval.Outward(1, "s"));
        Assert.Equal(
            Watchdog.Text("a call that blocks may last"),
            longest.ToString(CultureInfo.InvariantCulture) + " s");
        Assert.True(longest > LongestCallS);
        Assert.Equal(
            Watchdog.Text("a frozen board is reset within"),
            Math.Ceiling(2 * interval.Most).ToString(CultureInfo.InvariantCulture) + " s");
    }

    // What CH gives, a fifth below its marking and another fifth lost to age, over what is drawn.
    private static double HoldUpS(double loadA)
    {
        var farad = PowerFail.Value("CH") * 0.8 * 0.8;
        var (start, end) = (PowerFail.Value("start"), PowerFail.Value("end"));
        var drawnW = (5 * loadA / PowerFail.Value("efficiency")) + PowerFail.Value("S0 loops");
        return farad * ((start * start) - (end * end)) / 2 / drawnW;
    }

    // TPL5010 datasheet SNAS651A, 8.5.3, coefficients of set 4, 100 s to 1000 s.
    private static double IntervalS(double ohm)
    {
        var hundreds = ohm / 100;
        return ((0.2617 * hundreds * hundreds) - (56.2407 * hundreds) + 5957.7934) / 100;
    }

    private static string Seconds(double seconds)
        => (Math.Floor(seconds * 100) / 100).ToString("F2", CultureInfo.InvariantCulture) + " s";
}
