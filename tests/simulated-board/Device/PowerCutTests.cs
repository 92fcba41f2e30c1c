using Helios.Boards.Simulated;
using Helios.Metering;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// The life of a meter from its first boot on: provisioned, key made, enrolled, signing, counting,
/// restarted. The power goes after a byte of any write in it and comes back; the books of
/// <see cref="MeterOnBoard"/> judge what is left.
/// </summary>
public sealed class PowerCutTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData(TornWrite.OldStays)]
    [InlineData(TornWrite.NewOverOld)]
    [InlineData(TornWrite.NewOnly)]
    [InlineData(TornWrite.ErasedBehind)]
    public void After_a_cut_at_any_byte_no_register_rises_and_no_pagination_is_used_twice(
        TornWrite torn)
    {
        var bytes = Live(torn, cutAfter: null).Board.Flash.BytesWritten;
        var step = Night.IsOn ? 1 : 211;
        Assert.True(bytes > 10_000, $"A life of {bytes} bytes is none.");
        Parallel.For(0, bytes / step, number => AssertSurvives(torn, number * step));
    }

    private static void AssertSurvives(TornWrite torn, long cutAfter)
    {
        var meter = Live(torn, cutAfter);
        Assert.False(meter.Board.IsOn, $"Nothing was cut after byte {cutAfter}.");

        meter.Board.SwitchOn();
        meter.Run(After);

        Assert.True(
            meter.Program.Meter.State == MeterState.Ready,
            $"{meter.Program.Meter.State} after a cut after byte {cutAfter}.");
        Assert.True(meter.Relay.Count > 0, $"No reading after a cut after byte {cutAfter}.");
        meter.Relay.AssertRegistersNeverFall();
    }

    private static MeterOnBoard Live(TornWrite torn, long? cutAfter)
    {
        var meter = new MeterOnBoard(
            new BoardOptions(),
            clock => new SteadyPulses(clock, 90),
            clock => new SteadyPulses(clock, 250),
            whPerCoin: 100);
        meter.Board.Flash.Torn = torn;
        if (cutAfter is { } bytes)
        {
            meter.Board.Flash.CutAfter(bytes);
        }

        meter.Run(Life / 2);
        meter.Board.FailSupply(holdUpMs: 300);
        meter.Run(TimeSpan.FromSeconds(1));
        if (cutAfter is null || !HasCut(meter, cutAfter.Value))
        {
            meter.Board.SwitchOn();
            meter.Run(Life / 2);
        }

        return meter;
    }

    private static bool HasCut(MeterOnBoard meter, long bytes) =>
        meter.Board.Flash.BytesWritten >= bytes;
}
