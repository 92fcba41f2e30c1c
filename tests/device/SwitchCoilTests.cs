using Helios.Boards;
using Helios.Device;
using Helios.Signing;
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
    public void A_closed_switch_is_held_by_edges_and_opens_when_the_owner_opens_it()
    {
        var device = Closed();
        for (var second = 0; second < 60; second++)
        {
            device.Bench.RunSeconds(1);
            Assert.True(device.Bench.Board.IsSwitchClosed);
        }

        device.Request(OwnerRequest.OpenSwitch, 1);
        Assert.False(device.Bench.Board.IsSwitchClosed);
        Assert.False(device.Conducts);
    }

    [Fact]
    public void A_counting_stage_that_stops_lets_the_switch_go_within_the_hold_time()
    {
        var bench = Closed().Bench;
        bench.Board.Pins[BoardPins.ExportPulse].Pulses = new Injection(1) { IsForEver = true };

        bench.Board.RunUntil(bench.Board.Clock.NowMs + HoldMsMax + 1);

        Assert.False(bench.Board.IsSwitchClosed);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(1000)]
    [InlineData(1900)]
    [InlineData(5000)]
    public void A_frozen_interpreter_lets_the_switch_go_and_it_stays_open_for_a_while(
        ulong freezeMs)
    {
        var bench = Closed().Bench;
        bench.Board.Flash.WriteMs = freezeMs;
        bench.Links.Store.Ask(0);
        bench.Board.RunUntil(bench.Board.Clock.NowMs + freezeMs + HoldMsMax + 1);
        Assert.False(bench.Board.IsSwitchClosed);
        bench.Board.Flash.WriteMs = 0;

        bench.RunSeconds(9);
        Assert.False(bench.Board.IsSwitchClosed);
        Assert.Contains(TraceCode.CoilLate, bench.Traced());
        bench.RunSeconds(80);
        Assert.True(bench.Board.IsSwitchClosed);
    }

    private static SuppliedDevice Closed()
    {
        SuppliedDevice device = new(loadW: 3000);
        device.Order(50_000);
        Assert.True(device.Bench.Board.IsSwitchClosed);
        return device;
    }
}
