namespace Helios.Tests.Boards.Circuits;

/// <summary>
/// The S0 input of boards/README.md: R2 and C between the line and an LMC555, each figure from the
/// worst corner of the values.
/// </summary>
public sealed class S0InputTests
{
    private const double ResistorTolerance = 0.01;
    private const double CapacitorTolerance = 0.1;

    // What an output may drop when on, and leak when off (class A).
    private const double DropV = 1.5;
    private const double LeakA = 0.002;

    // IEC 62053-31, 4.1.3.3 and 4.1.3.4.
    private const double PulseSMin = 0.030;
    private const double TransitionSMax = 0.005;

    // The thresholds are parts of the supply, and are specified at this one.
    private const double SpecifiedV = 12;

    private static readonly CircuitTable Values = new("S0 input");
    private static readonly CircuitTable LineFigures = new("S0 line");
    private static readonly CircuitTable FilterFigures = new("S0 filter");

    [Fact]
    public void The_line_carries_what_the_README_says()
    {
        var rail = Values.Range("held rail");
        var pullUp = Corners.Within(Values.Value("R1"), ResistorTolerance);

        var on = Corners.Of(
            [[rail.Least - DropV, rail.Most], pullUp],
            corner => corner[0] / corner[1] * 1000);
        var off = rail.Least - (LeakA * pullUp[1]);

        Assert.Equal("10.6 to 13.7 mA", on.Outward(1, "mA"));
        Assert.Equal(LineFigures.Text("current when on"), on.Outward(1, "mA"));
        Assert.Equal(LineFigures.Value("voltage when off, 2 mA leaking"), off, 0.1);
    }

    [Fact]
    public void Sees_a_pulse_and_a_pause_when_the_README_says()
    {
        Assert.Equal(FilterFigures.Text("an ON is seen after"), On().Outward(1, "ms"));
        Assert.Equal(FilterFigures.Text("an OFF is seen after"), Off().Outward(1, "ms"));
    }

    [Fact]
    public void Ignores_bounce_and_counts_every_pulse_that_the_standard_allows()
    {
        var shortest = Math.Min(On().Least, Off().Least);
        var longest = Math.Max(On().Most, Off().Most);

        Assert.True(shortest > TransitionSMax * 1000);
        Assert.True(longest < PulseSMin * 1000);
        Assert.StartsWith(
            $"{Math.Floor(shortest * 10) / 10:F1}",
            FilterFigures.Text("never counted: pulses, and gaps within a pulse, below"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"{Math.Ceiling(longest * 10) / 10:F1}",
            FilterFigures.Text("always counted: pulses and pauses of at least"),
            StringComparison.Ordinal);
    }

    private static Corners On()
        => Over("lower threshold", (node, line) =>
        {
            var start = node.IsSettled ? line.Off : Decay(line.On, line.Off, node.OffS);
            return node.OnS * Math.Log((start - line.On) / (node.Threshold - line.On));
        });

    private static Corners Off()
        => Over("upper threshold", (node, line) =>
        {
            var start = node.IsSettled ? line.On : Decay(line.Off, line.On, node.OnS);
            return node.OffS * Math.Log((line.Off - start) / (line.Off - node.Threshold));
        });

    // Where the node is after the shortest pulse or pause, on its way from one level to the other.
    private static double Decay(double from, double to, double timeConstantS)
        => to + ((from - to) * Math.Exp(-PulseSMin / timeConstantS));

    private static Corners Over(string threshold, Func<Node, Line, double> seconds)
    {
        var thresholds = Values.Range(threshold);
        var railV = Values.Range("held rail").Least;
        return Corners.Of(
            [
                Corners.Within(Values.Value("R1"), ResistorTolerance),
                Corners.Within(Values.Value("R2"), ResistorTolerance),
                Corners.Within(Values.Value("C"), CapacitorTolerance),
                [thresholds.Least / SpecifiedV, thresholds.Most / SpecifiedV],
                [0, DropV / railV],
                [0, LeakA / railV],
                [0, 1],
            ],
            corner =>
            {
                var node = new Node(
                    corner[1] * corner[2],
                    (corner[0] + corner[1]) * corner[2],
                    corner[3],
                    corner[6] != 0);
                var line = new Line(corner[4], 1 - (corner[5] * corner[0]));
                return seconds(node, line) * 1000;
            });
    }

    // Time constants of both ways; the threshold in parts of the supply.
    private sealed record Node(double OnS, double OffS, double Threshold, bool IsSettled);

    // The line's two levels in parts of the supply.
    private sealed record Line(double On, double Off);
}
