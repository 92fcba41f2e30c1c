using CsCheck;
using Helios.Boards;
using Helios.Boards.Simulated;
using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;

namespace Helios.Tests.Boards;

public sealed class PassedEnergyTests
{
    private const uint ImpulsesPerKwh = 100_000;

    // Milliseconds from one edge to the next: the switch is held, or lets go meanwhile.
    private static readonly Gen<int[]> Edges = Gen.Int[1, 3_000].Array[1, 60];

    private static readonly Gen<PowerSeries> Loads =
        Gen.Select(Gen.Int[1, 9], Gen.Long[-17_250_000, 17_250_000]).Array[2, 40].Select(
            samples => new PowerSeries(
                "random",
                DateTimeOffset.UnixEpoch,
                [.. samples.Select((_, i) => (long)samples.Take(i).Sum(one => one.Item1))],
                [.. samples.Select(one => one.Item2)]));

    [Fact]
    public void Passes_what_the_kWh_meter_behind_the_switch_counts() =>
        Gen.Select(Loads, Edges).Sample((load, edges) =>
        {
            var board = new SimulatedBoard(new BoardOptions(), _ => { });
            var passed = new PassedEnergy(board.Clock, Cursor(load), board.Contactor);
            var outputs = new PulseOutputs(
                board.Clock,
                new LoadBehindContactor(Cursor(load), board.Contactor),
                ImpulsesPerKwh);
            board.Contactor.Changing += () => _ = outputs.Import.Pulses;

            var microjoules = Drive(board, edges, Cursor(load));

            var impulses = (long)(microjoules * ImpulsesPerKwh / 3_600_000_000_000);
            Assert.Equal(impulses, outputs.Import.Pulses);
            Assert.Equal(impulses, passed.ImpulsesDown(ImpulsesPerKwh));
        });

    [Fact]
    public void A_kilowatt_through_a_switch_held_for_an_hour_is_a_kilowatt_hour_without_its_bounce()
    {
        var load = new PowerSeries("1 kW", DateTimeOffset.UnixEpoch, [0, 7_200], [-1_000_000, 0]);
        var board = new SimulatedBoard(
            new BoardOptions { CoilHoldMs = 3_600_000, ContactorLagMs = 20, ContactorBounceMs = 0 },
            _ => { });
        var passed = new PassedEnergy(board.Clock, Cursor(load), board.Contactor);

        Drive(board, [7_200_000], Cursor(load));

        Assert.Equal(1000, passed.ImpulsesDown(1000));
    }

    private static PowerCursor Cursor(PowerSeries load) => new(load, beginsAtMs: 0, repeats: false);

    // What an onlooker sums who looks every millisecond.
    private static Int128 Drive(SimulatedBoard board, int[] edges, PowerCursor load)
    {
        var coil = board.Pins[BoardPins.CoilHold];
        Int128 microjoules = 0;
        foreach (var ms in edges)
        {
            coil.SetOutside(true);
            coil.SetOutside(false);
            for (var left = ms; left > 0; left--)
            {
                var milliwatts = load.MilliwattsAt(board.Clock.NowMs, out _);
                var conducts = board.Contactor.ConductsAt(board.Clock.NowMs, out _);
                microjoules += conducts ? Math.Max(0, -milliwatts) : 0;
                board.Clock.MoveTo(board.Clock.NowMs + 1);
            }
        }

        return microjoules;
    }
}
