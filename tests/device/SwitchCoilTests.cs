using Helios.Boards;
using Helios.Device;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class SwitchCoilTests
{
    // The longest hold of boards/README.md.
    private const ulong HoldMsMax = 1880;

    [Fact]
    public void Nobody_closes_the_switch()
    {
        DeviceOnTheBench bench = new();
        var edges = 0;
        bench.Board.Pins[BoardPins.CoilHold].Changed += _ => edges++;
        bench.Board.SwitchOn();
        bench.RunSeconds(3600);

        Assert.Equal(0, edges);
        Assert.False(bench.Board.IsSwitchClosed);
    }

    [Fact]
    public void A_closed_switch_is_held_by_edges_and_opens_when_they_end()
    {
        var bench = DeviceOnTheBench.Signing();
        Close(bench);
        for (var second = 0; second < 60; second++)
        {
            bench.RunSeconds(1);
            Assert.True(bench.Board.IsSwitchClosed);
        }

        bench.Program.Io.Coil.Open();
        bench.RunSeconds(3);
        Assert.False(bench.Board.IsSwitchClosed);
    }

    [Fact]
    public void A_counting_stage_that_stops_lets_the_switch_go_within_the_hold_time()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.Pins[BoardPins.ExportPulse].Pulses = new Injection(1) { IsForEver = true };
        Close(bench);

        bench.Board.RunUntil(bench.Board.Clock.NowMs + HoldMsMax + 1);

        Assert.False(bench.Board.IsSwitchClosed);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(1000)]
    [InlineData(1900)]
    [InlineData(5000)]
    public void A_frozen_interpreter_lets_the_switch_go_and_does_not_close_it_again(ulong freezeMs)
    {
        var bench = DeviceOnTheBench.Signing();
        Close(bench);
        bench.RunSeconds(5);
        Assert.True(bench.Board.IsSwitchClosed);
        bench.Board.Flash.WriteMs = freezeMs;
        bench.Links.Store.Ask(0);
        bench.Board.RunUntil(bench.Board.Clock.NowMs + freezeMs + HoldMsMax + 1);
        Assert.False(bench.Board.IsSwitchClosed);

        bench.RunSeconds(20);
        Assert.False(bench.Board.IsSwitchClosed);
        Assert.False(bench.Program.Io.Coil.IsClosed);
        Assert.Contains(TraceCode.CoilLate, bench.Traced());
    }

    // As the counting stage will: its next turn comes in time for the next edge.
    private static void Close(DeviceOnTheBench bench)
    {
        bench.Program.Io.Coil.Close(bench.UptimeMs);
        bench.Links.CountingSignal.Raise();
    }
}
