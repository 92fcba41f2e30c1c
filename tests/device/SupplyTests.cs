using Helios.Boards;
using Helios.Device;
using Helios.Metering;
using Helios.Signing;
using Helios.Supply;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

/// <summary>The device program from an order on the broker to energy, and back.</summary>
public sealed class SupplyTests
{
    [Fact]
    public void An_order_closes_the_switch_and_what_was_authorised_opens_it_again()
    {
        SuppliedDevice device = new(loadW: 9000);
        Assert.False(device.Conducts);
        device.Order(200);
        Assert.True(device.Conducts);
        device.Bench.RunSeconds(120);

        Assert.False(device.Conducts);
        Assert.InRange(device.Outputs.Import.Pulses, 200, 206);
        Assert.Equal((ulong)device.Outputs.Import.Pulses, device.Readings[^1].ImportWh);
        Assert.Equal(200UL, device.Readings[^1].AuthorisedWh);
        Assert.Contains(
            (TraceCode.Switch, (uint)SwitchEvent.OpenedAtLimit), Trace(device));
    }

    [Fact]
    public void A_forged_order_leaves_the_switch_open_and_says_why_in_the_trace()
    {
        SuppliedDevice device = new(loadW: 9000);
        device.Order(200, by: SuppliedDevice.Key(0x66));
        device.Order(100_001);
        device.Bench.RunSeconds(60);

        Assert.False(device.Conducts);
        Assert.Equal(0, device.Outputs.Import.Pulses);
        Assert.Contains((TraceCode.Order, (uint)SupplyResult.WrongSigner), Trace(device));
        Assert.Contains((TraceCode.Order, (uint)SupplyResult.TooHigh), Trace(device));
    }

    [Fact]
    public void A_new_set_of_controllers_is_followed_and_its_orders_are_heard()
    {
        SuppliedDevice device = new(loadW: 9000);
        device.Replace(new ControllerSet(1, 1, [SuppliedDevice.Address(SuppliedDevice.Key(0x40))]));
        device.Order(200);
        device.Bench.RunSeconds(10);

        Assert.False(device.Conducts);
        Assert.Contains((TraceCode.Controllers, (uint)SupplyResult.Taken), Trace(device));
        Assert.Contains(
            device.Bench.Links.Inbox.Topics,
            topic => topic.EndsWith("/controllers/2", StringComparison.Ordinal));
    }

    [Fact]
    public void The_button_held_returns_the_rest_and_pressed_for_a_moment_opens_and_releases()
    {
        SuppliedDevice device = new(loadW: 3000);
        device.Order(1000);
        Press(device, 500);
        Assert.False(device.Conducts);
        Press(device, 500);
        device.Bench.RunSeconds(5);
        Assert.True(device.Conducts);

        Press(device, 6000);
        device.Bench.RunSeconds(10);
        Assert.False(device.Conducts);
        Reading last = device.Readings[^1];
        Assert.Equal(1000UL, last.ImportWh + last.ReturnedWh);
        Assert.Equal((ulong)device.Outputs.Import.Pulses, last.ImportWh);
    }

    [Fact]
    public void The_number_of_the_last_request_is_in_the_status()
    {
        SuppliedDevice device = new(loadW: 0);
        device.Request(OwnerRequest.SignReading, 7);
        Assert.Equal(7U, device.Bench.Links.Condition.RequestNumber);
        Assert.Contains((TraceCode.Request, (uint)SupplyResult.Taken), Trace(device));
    }

    [Fact]
    public void A_welded_contactor_is_seen_and_signed()
    {
        SuppliedDevice device = new(loadW: 9000);
        device.Order(100);
        device.Bench.Board.Contactor.IsWelded = true;
        device.Bench.RunSeconds(120);
        Assert.Contains((TraceCode.Switch, (uint)SwitchEvent.FlowWhileOpen), Trace(device));
        device.Request(OwnerRequest.SignReading, 1);
        Assert.Equal(
            (uint)ReadingStatus.FlowWhileOpen,
            (uint)(device.Readings[^1].Status & ReadingStatus.FlowWhileOpen));
    }

    /// <summary>A person shuts it, and the contactor is not to pull in under his hands.</summary>
    [Fact]
    public void After_a_lid_that_was_open_for_long_it_stays_open_for_the_drawn_time()
    {
        SuppliedDevice device = new(loadW: 1000);
        device.Order(50_000);
        device.Bench.RunSeconds(60);
        Assert.True(device.Conducts);
        var lid = device.Bench.Board.Pins[BoardPins.Tamper];
        lid.SetOutside(BoardPins.TamperIsHigh);
        device.Bench.RunSeconds(600);
        Assert.False(device.Conducts);

        lid.SetOutside(!BoardPins.TamperIsHigh);
        device.Bench.RunSeconds(9);
        Assert.False(device.Conducts);
        device.Bench.RunSeconds(60);
        Assert.True(device.Conducts);
    }

    [Fact]
    public void A_power_cut_counts_the_mark_as_used_and_a_planned_restart_costs_nothing()
    {
        SuppliedDevice device = new(loadW: 3000);
        device.Order(50_000);
        device.Bench.RunSeconds(60);
        device.Bench.Links.Restart.Ask(RestartCause.Planned, device.Bench.UptimeMs);
        device.Bench.RunSeconds(100);
        Assert.True(device.Conducts);

        // It is closed again: the last impulse may wait for the next count.
        ulong made = (ulong)device.Outputs.Import.Pulses;
        Assert.InRange(device.Bench.Meter.ImportWhDown, made - 1, made);

        device.Bench.Board.CutPower();
        device.Bench.RunSeconds(2);
        long used = device.Outputs.Import.Pulses;
        device.Bench.Board.SwitchOn();
        device.Bench.RunSeconds(8);
        ulong blockWh = new CreditBlock(11_000, 1000).SizeWh;
        Assert.InRange(device.Bench.Meter.ImportWhDown, (ulong)used, (ulong)used + blockWh);
    }

    [Fact]
    public void An_order_that_comes_while_the_storage_fails_is_obeyed_once_it_is_whole_again()
    {
        SuppliedDevice device = new(loadW: 0);
        FillFlash(device);
        Assert.Equal(MeterState.StorageFailed, device.Bench.Meter.State);
        device.Order(200);
        Assert.Equal(0UL, device.Bench.Meter.Record.AuthorisedWh);

        device.Bench.Board.Flash.IsFull = false;
        device.Bench.RunSeconds(65);
        Assert.Equal(200UL, device.Bench.Meter.Record.AuthorisedWh);
        Assert.Equal(200UL, device.Bench.Journal!.AuthorisedWh);
    }

    [Fact]
    public void An_order_whose_own_write_fails_is_obeyed_once_the_storage_is_whole_again()
    {
        SuppliedDevice device = new(loadW: 0);
        device.Bench.Board.Flash.IsFull = true;
        Assert.Equal(MeterState.Ready, device.Bench.Meter.State);
        device.Order(200);
        Assert.Equal(MeterState.StorageFailed, device.Bench.Meter.State);
        Assert.Contains((TraceCode.Order, (uint)SupplyResult.StorageFailed), Trace(device));

        device.Bench.Board.Flash.IsFull = false;
        device.Bench.RunSeconds(65);
        Assert.Equal(200UL, device.Bench.Journal!.AuthorisedWh);
    }

    [Fact]
    public void Requests_that_come_while_the_storage_fails_are_obeyed_in_their_order()
    {
        SuppliedDevice device = new(loadW: 0);
        FillFlash(device);
        device.Request(OwnerRequest.OpenSwitch, 1);
        device.Request(OwnerRequest.SignReading, 2);
        device.Request(OwnerRequest.ReleaseSwitch, 3);

        device.Bench.Board.Flash.IsFull = false;
        device.Bench.RunSeconds(65);
        Assert.Equal(3U, device.Bench.Links.Condition.RequestNumber);
        Assert.Equal(3, Trace(device).Count(
            entry => entry == (TraceCode.Request, (uint)SupplyResult.Taken)));
    }

    [Fact]
    public void While_the_storage_fails_what_waits_is_not_judged_again()
    {
        SuppliedDevice device = new(loadW: 0);
        device.Bench.Board.Flash.IsFull = true;
        device.Order(200);
        device.Request(OwnerRequest.SignReading, 1);
        device.Bench.RunSeconds(900);

        Assert.Equal(
            [(TraceCode.Order, (uint)SupplyResult.StorageFailed)],
            Trace(device).Where(
                entry => entry.Code is TraceCode.Order or TraceCode.Request));
    }

    [Fact]
    public void A_controller_that_floods_its_topic_keeps_out_neither_its_own_order_nor_the_owner()
    {
        SuppliedDevice device = new(loadW: 0);
        device.Flood(times: 100);
        device.Order(200);
        device.Flood(times: 100);
        device.Request(OwnerRequest.SignReading, 1);

        Assert.Equal(200UL, device.Bench.Meter.Record.AuthorisedWh);
        Assert.Equal(1U, device.Bench.Links.Condition.RequestNumber);
    }

    private static void FillFlash(SuppliedDevice device)
    {
        device.Bench.Board.Flash.IsFull = true;
        device.Bench.Links.Store.Ask(0);
        device.Bench.RunSeconds(5);
    }

    private static void Press(SuppliedDevice device, ulong ms)
    {
        var pin = device.Bench.Board.Pins[BoardPins.ReturnButton];
        pin.SetOutside(BoardPins.ReturnButtonIsHigh);
        device.Bench.Board.RunUntil(device.Bench.Board.Clock.NowMs + ms);
        pin.SetOutside(!BoardPins.ReturnButtonIsHigh);
        device.Bench.RunSeconds(5);
    }

    private static List<(TraceCode Code, uint Argument)> Trace(SuppliedDevice device)
    {
        List<(TraceCode Code, uint Argument)> entries = [];
        for (var age = 0; age < device.Bench.Links.Trace.Count; age++)
        {
            var code = device.Bench.Links.Trace.Read(age, out var argument, out _);
            entries.Add((code, argument));
        }

        return entries;
    }
}
