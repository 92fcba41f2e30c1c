using Helios.Boards;
using Helios.Device;
using Helios.Metering;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class PowerFailTests
{
    [Fact]
    public void A_warned_power_failure_costs_no_impulse_and_is_a_clean_shutdown()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RunSeconds(30);
        bench.Board.FailSupply(holdUpMs: 500);
        bench.RunSeconds(2);

        Assert.False(bench.Board.IsOn);
        Assert.InRange(bench.Journal!.ExportImpulses, bench.CountedAtEnd - 1, bench.CountedAtEnd);
        Assert.True(bench.Journal.IsCleanShutdown);

        bench.Board.SwitchOn();
        bench.RunSeconds(10);
        Assert.Equal(0, bench.Meter.Record.PendingStatus & ReadingStatus.UncleanRestart);
    }

    [Fact]
    public void A_dip_of_the_supply_restarts_when_it_is_back_and_keeps_what_was_counted()
    {
        var bench = DeviceOnTheBench.Signing();
        var supply = bench.Board.Pins[BoardPins.PowerFail];
        supply.SetOutside(BoardPins.PowerFailIsHigh);
        bench.RunSeconds(60);
        Assert.Equal(1, bench.Board.Boots);
        Assert.Equal(MeterState.Closed, bench.Meter.State);

        supply.SetOutside(!BoardPins.PowerFailIsHigh);
        bench.RunSeconds(10);

        Assert.Equal(2, bench.Board.Boots);
        Assert.InRange(
            bench.Meter.ExportImpulses, bench.CountedAtEnd, bench.CountedAtEnd + 8);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equal(1, bench.Meter.Record.FaultRestarts);
    }

    /// <summary>With the load switch closed, and energy flowing through it.</summary>
    [Fact]
    public void Dips_of_the_supply_charge_what_flowed_and_no_more()
    {
        SuppliedDevice device = new(loadW: 1000);
        device.Order(50_000);
        var supply = device.Bench.Board.Pins[BoardPins.PowerFail];
        for (var dip = 0; dip < 5; dip++)
        {
            device.Bench.RunSeconds(120);
            supply.SetOutside(BoardPins.PowerFailIsHigh);
            device.Bench.RunSeconds(1);
            supply.SetOutside(!BoardPins.PowerFailIsHigh);
            device.Bench.RunSeconds(30);
        }

        Assert.Equal(6, device.Bench.Board.Boots);
        var made = (ulong)device.Outputs.Import.Pulses;
        Assert.InRange(made, 50UL, 200UL);
        Assert.InRange(device.Bench.Meter.ImportWhDown, made - 5, made);
    }

    [Fact]
    public void A_warned_power_failure_charges_what_may_flow_until_the_switch_is_open()
    {
        SuppliedDevice device = new(loadW: 1000);
        device.Order(50_000);
        device.Bench.RunSeconds(60);
        Assert.True(device.Conducts);
        device.Bench.Board.FailSupply(holdUpMs: 500);
        device.Bench.RunSeconds(5);
        Assert.True(device.Bench.Journal!.IsCleanShutdown);
        var made = (ulong)device.Outputs.Import.Pulses;
        device.Bench.Board.SwitchOn();
        device.Bench.RunSeconds(8);

        // 11 kW for two seconds, and an impulse.
        Assert.InRange(device.Bench.Meter.ImportWhDown, made, made + 7 + 1);
    }

    [Fact]
    public void An_unwarned_cut_costs_no_more_than_the_stated_bound_and_is_told()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RunSeconds(3600);
        bench.Board.CutPower();

        Assert.InRange(
            bench.Journal!.ExportImpulses, bench.CountedAtEnd - 184, bench.CountedAtEnd);
        bench.Board.SwitchOn();
        bench.RunSeconds(10);
        Assert.NotEqual(0, bench.Meter.Record.SignedStatus & ReadingStatus.UncleanRestart);
    }

    [Fact]
    public void A_planned_restart_is_clean_and_keeps_what_was_counted()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RunSeconds(30);
        bench.Links.Restart.Ask(RestartCause.Planned, 0);
        bench.RunSeconds(1);

        Assert.False(bench.Board.IsRunning);
        Assert.InRange(bench.Journal!.ExportImpulses, bench.CountedAtEnd - 1, bench.CountedAtEnd);
        Assert.True(bench.Journal.IsCleanShutdown);
    }

    [Fact]
    public void An_alarm_from_the_first_turn_on_keeps_what_was_counted_and_is_explained()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RestartInOrder();
        var before = bench.Journal!.ExportImpulses;
        var supply = bench.Board.Pins[BoardPins.PowerFail];
        bench.Board.CutPower();
        supply.SetOutside(BoardPins.PowerFailIsHigh);
        bench.Board.SwitchOn();
        bench.RunSeconds(600);

        Assert.InRange(bench.Meter.ExportImpulses, before + 590, before + 660);
        Assert.Contains(MeterSentence.SupplyFailed, bench.Board.Console.Lines);
        supply.SetOutside(!BoardPins.PowerFailIsHigh);
        bench.RunSeconds(4);
        Assert.InRange(
            bench.Journal!.ExportImpulses, bench.CountedAtEnd - 1, bench.CountedAtEnd);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public void A_supply_that_dips_again_and_again_neither_wears_the_flash_nor_restarts_for_ever(
        int everyS)
    {
        var bench = DeviceOnTheBench.Signing();
        var supply = bench.Board.Pins[BoardPins.PowerFail];
        var boots = bench.Board.Boots;
        var writes = bench.Board.Flash.Writes;
        for (var second = 0; second < 3600; second += everyS)
        {
            supply.SetOutside(BoardPins.PowerFailIsHigh);
            bench.Board.RunUntil(bench.Board.Clock.NowMs + 300);
            supply.SetOutside(!BoardPins.PowerFailIsHigh);
            bench.Board.RunUntil(bench.Board.Clock.NowMs + ((ulong)everyS * 1000) - 300);
        }

        // The waits double: 2 + 4 + ... + 2048 s are more than an hour. A start writes 6 times,
        // what is counted and a supply that dips on once a minute each.
        Assert.InRange(bench.Board.Boots - boots, 1, 12);
        Assert.InRange(bench.Board.Flash.Writes - writes, 1, (12 * 6) + (2 * 60));
    }

    [Fact]
    public void A_supply_that_stays_low_wears_the_flash_no_more_than_counting_does()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.Pins[BoardPins.PowerFail].SetOutside(BoardPins.PowerFailIsHigh);
        bench.RunSeconds(10);
        var writes = bench.Board.Flash.Writes;
        bench.RunSeconds(3600);

        // An impulse a second at 1,000 imp/kWh is 3.6 kW; at 11 kW there are 60 writes an hour.
        Assert.InRange(bench.Board.Flash.Writes - writes, 1, 60);
        Assert.Equal(1, bench.Board.Boots);
    }
}
