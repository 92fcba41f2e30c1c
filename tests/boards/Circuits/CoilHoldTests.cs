namespace Helios.Tests.Boards.Circuits;

/// <summary>
/// The charge pump of boards/README.md that holds the load switch. Levels are parts of the supply,
/// measured downward from it: rest is 0, and each edge moves the node towards what the diodes
/// leave.
/// </summary>
public sealed class CoilHoldTests
{
    private const double ResistorTolerance = 0.01;
    private const double CapacitorTolerance = 0.1;
    private const double SupplyV = 12;

    // D3 and D4 together, at microamperes and at milliamperes.
    private const double DropVMin = 0.9;
    private const double DropVMax = 1.4;

    private const double HoldSMax = 2;
    private const double ContactorS = 0.020;

    private static readonly CircuitTable Values = new("coil hold");
    private static readonly CircuitTable Thresholds = new("S0 input");

    [Fact]
    public void One_edge_alone_closes_nothing()
    {
        var edge = Over((pump, _) => pump.Edge);

        Assert.True(edge.Most < ClosesAt[0]);
        Assert.StartsWith(
            Values.Text("one edge alone moves the node by").Split(" of")[0],
            edge.Outward(2, "of the supply"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Closes_at_the_second_to_fourth_edge_and_stays_closed()
    {
        var steady = Over((pump, periodS) => pump.Steady(periodS));
        var first = Corners.Of([ClosesAt], closesAt => Over(
            (pump, periodS) => pump.EdgesTo(closesAt[0], periodS)).Least);
        var last = Corners.Of([ClosesAt], closesAt => Over(
            (pump, periodS) => pump.EdgesTo(closesAt[0], periodS)).Most);

        Assert.True(steady.Least > ClosesAt[1]);
        Assert.StartsWith(
            Values.Text("in the steady state it lies").Split(" below")[0],
            steady.Outward(2, "below"),
            StringComparison.Ordinal);
        Assert.Equal(
            Values.Text("the switch closes at edge"),
            $"{first.Least:F0} to {last.Most:F0}");
    }

    [Fact]
    public void Opens_within_two_seconds_of_the_last_edge()
    {
        var soonest = Over((pump, periodS) => pump.HoldS(pump.Steady(periodS), OpensAt[1]));
        var latest = Over((pump, _) => pump.HoldS(pump.Full, OpensAt[0]));

        Assert.True(latest.Most + ContactorS < HoldSMax);
        Assert.Equal(
            Values.Text("after the last edge it opens within"),
            $"{Math.Floor(soonest.Least * 100) / 100:F2} to "
                + $"{Math.Ceiling(latest.Most * 100) / 100:F2} s");
        Assert.Equal(
            Values.Text("with one half of RH broken"),
            $"{Math.Ceiling(latest.Most * 200) / 100:F2} s");
    }

    // Downward from the supply: the switch closes below the lower threshold ...
    private static double[] ClosesAt => FromSupply("lower threshold");

    // ... and opens above the upper one.
    private static double[] OpensAt => FromSupply("upper threshold");

    private static double[] FromSupply(string threshold)
    {
        var (least, most) = Thresholds.Range(threshold);
        return [1 - (most / SupplyV), 1 - (least / SupplyV)];
    }

    private static Corners Over(Func<Pump, double, double> result)
        => Corners.Of(
            [
                Corners.Within(Values.Value("C1"), CapacitorTolerance),
                Corners.Within(Values.Value("C2"), CapacitorTolerance),
                Corners.Within(Values.Value("RH"), ResistorTolerance),
                [DropVMin, DropVMax],
                [0.50, 0.55],
            ],
            corner => result(
                new Pump(
                    corner[0] / (corner[0] + corner[1]),
                    1 - (corner[3] / SupplyV),
                    corner[1] * corner[2]),
                corner[4]));

    // Share: of the way to Full that one edge moves the node.
    private sealed record Pump(double Share, double Full, double TimeConstantS)
    {
        public double Edge => Share * Full;

        public double Steady(double periodS)
            => Edge / (1 - (Math.Exp(-periodS / TimeConstantS) * (1 - Share)));

        public double HoldS(double from, double to) => TimeConstantS * Math.Log(from / to);

        public double EdgesTo(double level, double periodS)
        {
            var node = 0.0;
            for (var edges = 1; edges < 100; edges++)
            {
                node *= Math.Exp(-periodS / TimeConstantS);
                node += Share * (Full - node);
                if (node > level)
                {
                    return edges;
                }
            }

            return double.PositiveInfinity;
        }
    }
}
