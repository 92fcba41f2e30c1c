using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Metering;

namespace Helios.Tests.SimulatedBoard.Device;

public sealed class ExceptionTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(StageName.Counting, true)]
    [InlineData(StageName.Counting, false)]
    [InlineData(StageName.Signing, true)]
    [InlineData(StageName.Signing, false)]
    [InlineData(StageName.Network, true)]
    [InlineData(StageName.Network, false)]
    public void An_exception_at_any_turn_of_a_stage_ends_in_a_stored_register_and_a_restart(
        StageName stage, bool isBefore)
    {
        var turns = Live(stage, isBefore, throwAt: int.MaxValue).Turns;
        var step = Night.IsOn ? 1 : 13;
        Assert.True(turns > 50, $"{stage} took {turns} turns.");
        Parallel.For(0, turns / step, number => AssertRestarts(stage, isBefore, number * step));
    }

    private static void AssertRestarts(StageName stage, bool isBefore, int throwAt)
    {
        var (meter, _) = Live(stage, isBefore, throwAt);

        Assert.True(meter.Board.Boots == 2, $"{meter.Board.Boots} boots, thrown at {throwAt}.");
        Assert.Equal(0, meter.Board.Watchdog.Resets);
        Assert.Equal(MeterState.Ready, meter.Program.Meter.State);
        Assert.True(meter.Relay.Count > 0);
        meter.Relay.AssertRegistersNeverFall();
    }

    private static (MeterOnBoard Meter, int Turns) Live(
        StageName stage, bool isBefore, int throwAt)
    {
        var turns = 0;
        var meter = new MeterOnBoard(
            new BoardOptions(),
            clock => new SteadyPulses(clock, 90),
            clock => new SteadyPulses(clock, 250),
            whPerCoin: 100);
        meter.Board.StageStarting += guarded =>
        {
            if (guarded.Name == stage && meter.Board.Boots == 1)
            {
                ThrowingStage.Wrap(
                    guarded,
                    () => isBefore && turns++ == throwAt,
                    () => !isBefore && turns++ == throwAt);
            }
        };
        meter.Run(Life);
        var taken = turns;
        meter.Run(Life);
        return (meter, taken);
    }
}
