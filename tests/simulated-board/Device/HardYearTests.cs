using System.Diagnostics;
using Helios.Boards.Simulated;

namespace Helios.Tests.SimulatedBoard.Device;

[Collection(nameof(MemoryAlone))]
public sealed class HardYearTests(ITestOutputHelper output)
{
    private const double RestartEveryMs = 3_000_000; // 10,500 a year

    // 60 kW at 1,000 imp/kWh for the 1.65 s of a restart, and one of the moment.
    private const ulong RestartImpulsesMax = 29;

    private static readonly int Days = Night.IsOn ? 365 : 4;

    [Fact]
    public void A_year_of_faults_costs_what_cuts_and_restarts_may_cost_and_no_impulse_more()
    {
        var watch = Stopwatch.StartNew();
        var meter = Meter(seed: 1);
        var year = new HardYear(meter, seed: 2, RestartEveryMs);
        var memory = new List<long>();
        for (var day = 0; day < Days; day++)
        {
            meter.Run(TimeSpan.FromDays(1));
            memory.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        Tell(meter, year, memory, watch.Elapsed);
        AssertFlat(memory, meter.Relay.Count);
        Assert.InRange(meter.LostAtRestartMax, 0U, RestartImpulsesMax);
        meter.Relay.AssertRegistersNeverFall();
        Assert.True(meter.Relay.Count > Days, $"{meter.Relay.Count} readings in {Days} days.");
    }

    private static MeterOnBoard Meter(int seed)
    {
        PulseOutputs? outputs = null;
        PulseOutputs Outputs(BoardClock clock) =>
            outputs ??= new PulseOutputs(
                clock, new RandomFlow(seed), MeterOnBoard.ImpulsesPerKwh);
        return new MeterOnBoard(
            new BoardOptions { Seed = seed },
            clock => Outputs(clock).Export,
            clock => Outputs(clock).Import);
    }

    // Readings that the relay on the bench keeps are the one thing that grows: 100 bytes and a
    // node of a tree each.
    private static void AssertFlat(List<long> memory, int readings)
    {
        var early = memory[memory.Count / 5];
        var late = memory[^1];
        Assert.True(
            late - early < 150_000 + (300L * readings), $"{early} bytes became {late}.");
    }

    private void Tell(MeterOnBoard meter, HardYear year, List<long> memory, TimeSpan elapsed) =>
        output.WriteLine(
            $"{Days} days in {elapsed.TotalSeconds:0} s: {meter.Board.Boots} boots, "
            + $"{year.Restarts} restarts made, {meter.Board.Watchdog.Resets} by the watchdog, "
            + $"{meter.Relay.Count} readings, {meter.Lost} impulses lost with the power, "
            + $"{meter.LostAtOnceMax} at once, {meter.LostAtRestarts} at restarts by the program, "
            + $"{meter.LostAtRestartMax} at once, memory {memory[0]} to {memory[^1]} bytes.");
}
