using Helios.Metering;
using Helios.Supply;

namespace Helios.Tests.Firmware.Supply;

/// <summary>When the load switch is closed, and what is signed of it.</summary>
public sealed class SwitchTests
{
    [Fact]
    public void Opens_at_once_when_the_credit_is_used_and_signs_import_exactly()
    {
        SupplyOnTheBench bench = new() { LoadW = 9000 };
        bench.Authorise(250);
        bench.Run(200_000);

        Assert.Contains(SwitchEvent.OpenedAtLimit, bench.Events);
        Assert.InRange(bench.FlowedWhUp, 250UL, 250 + OvershootTests.BoundWh);
        Assert.Equal(bench.Meter.ImportWhDown, bench.Signed[^1].ImportWh);
        Assert.Equal(0, bench.Signed[^1].Status & ReadingStatus.SwitchClosed);
        Assert.NotEqual(0, bench.Signed[^1].Status & ReadingStatus.LowCredit);
    }

    [Fact]
    public void Says_in_a_reading_that_the_switch_is_closed_and_warns_at_the_configured_rest()
    {
        SupplyOnTheBench bench = new() { LoadW = 9000 };
        bench.Authorise(1000);
        bench.Run(10_000);
        Assert.Equal(ReadingStatus.SwitchClosed, Status(bench));
        bench.Run(220_000);
        Assert.InRange(bench.RestWh, 1UL, 500UL);
        Assert.Equal(ReadingStatus.SwitchClosed | ReadingStatus.LowCredit, Status(bench));
    }

    [Fact]
    public void Stays_open_after_a_restart_for_the_drawn_time_and_closes_again_by_itself()
    {
        SupplyOnTheBench bench = new() { LoadW = 1000, CloseDelayMs = 30_000 };
        bench.Authorise(1000);
        bench.Run(60_000);
        Assert.True(bench.IsConducting);

        bench.Boot();
        bench.Run(29_000);
        Assert.False(bench.IsConducting);
        bench.Run(5000);
        Assert.True(bench.IsConducting);
    }

    [Fact]
    public void Opened_by_hand_while_the_journal_cannot_be_written_it_stays_open()
    {
        SupplyOnTheBench bench = new() { LoadW = 1000 };
        bench.Authorise(5000);
        bench.Run(20_000);
        Assert.True(bench.IsConducting);

        bench.Storage.Stuck.Add(0);
        Assert.Equal(AppendResult.StorageFailed, bench.Keeper.ToggleHand(bench.UptimeMs));
        bench.Run(5000);
        Assert.False(bench.IsConducting);
        bench.Storage.Stuck.Clear();
        bench.Run(300_000);
        Assert.False(bench.IsConducting);
        Assert.True(bench.Record.IsOpenedByHand);

        Assert.Equal(AppendResult.Stored, bench.Keeper.ToggleHand(bench.UptimeMs));
        bench.Run(5000);
        Assert.True(bench.IsConducting);
    }

    [Fact]
    public void A_hand_that_was_never_stored_can_be_released_again()
    {
        SupplyOnTheBench bench = new() { LoadW = 1000 };
        bench.Authorise(5000);
        bench.Run(20_000);
        bench.Storage.Stuck.Add(0);
        bench.Keeper.ToggleHand(bench.UptimeMs);
        bench.Run(5000);
        bench.Keeper.ToggleHand(bench.UptimeMs);
        bench.Storage.Stuck.Clear();
        bench.Run(180_000);

        Assert.True(bench.IsConducting);
        Assert.False(bench.Record.IsOpenedByHand);
    }

    /// <summary>The supply goes at the worst moment: a block of credit was just begun.</summary>
    [Fact]
    public void A_clean_shutdown_while_closed_costs_what_may_flow_until_it_is_open()
    {
        SupplyOnTheBench bench = new() { LoadW = 1000 };
        bench.Authorise(5000);
        bench.Run(20_000);
        Assert.True(bench.IsConducting);
        Assert.True(bench.Record.MarkWh > 400);
        bench.Keeper.Stop();
        bench.Meter.ShutDown(bench.UptimeMs);
        bench.Boot();

        Assert.InRange(
            bench.Meter.ImportWhDown, bench.FlowedWhDown, bench.FlowedWhUp + 9 + 1);
    }

    [Fact]
    public void Detects_and_signs_a_flow_while_the_switch_is_open()
    {
        SupplyOnTheBench bench = new() { LoadW = 9000 };
        bench.Authorise(50);
        bench.Run(60_000);
        Assert.DoesNotContain(SwitchEvent.FlowWhileOpen, bench.Events);

        bench.IsWelded = true;
        bench.Run(10_000);
        Assert.Contains(SwitchEvent.FlowWhileOpen, bench.Events);
        Assert.True(bench.Meter.ImportWhDown > 60);
    }

    [Fact]
    public void Opens_when_the_journal_cannot_be_written_and_closes_when_it_can_again()
    {
        SupplyOnTheBench bench = new() { LoadW = 9000 };
        bench.Authorise(5000);
        bench.Run(20_000);
        Assert.True(bench.IsConducting);

        bench.Storage.Stuck.Add(0);
        bench.Run(180_000);
        Assert.False(bench.IsConducting);
        ulong used = bench.Meter.ImportWhDown;
        bench.Run(180_000);
        Assert.Equal(used, bench.Meter.ImportWhDown);

        bench.Storage.Stuck.Clear();
        bench.Run(180_000);
        Assert.True(bench.IsConducting);
    }

    [Fact]
    public void Marks_credit_as_used_before_it_flows()
    {
        SupplyOnTheBench bench = new() { LoadW = 15_000 };
        bench.Authorise(5000);
        for (int i = 0; i < 1000; i++)
        {
            bench.Run(777);
            SupplyRecord record = bench.Record;
            Assert.True(
                SupplyOnTheBench.ToFlow(record.MarkWh) >= bench.Flowed,
                $"{record.MarkWh} Wh are marked, {bench.FlowedWhUp} flowed.");
            Assert.True(record.MarkWh <= record.AuthorisedWh);
        }
    }

    [Fact]
    public void Closes_only_once_the_mark_stands_in_both_slots()
    {
        SupplyOnTheBench bench = new() { LoadW = 15_000 };
        bench.Run(5000);
        bench.Authorise(5000);

        // The counting thread has a turn in the middle of each write.
        List<SwitchEvent> meanwhile = [];
        bench.Storage.WhileWriting = () => meanwhile.Add(TurnSwitch(bench));
        bench.Keeper.Turn(bench.UptimeMs);

        Assert.Equal([SwitchEvent.None, SwitchEvent.None], meanwhile);
        Assert.Equal(SwitchEvent.Closed, TurnSwitch(bench));
        Assert.InRange(bench.Record.MarkWh, 1UL, 5000UL);
    }

    [Fact]
    public void A_permit_that_ended_before_the_switch_closed_costs_nothing_at_a_planned_restart()
    {
        SupplyOnTheBench bench = new() { LoadW = 15_000 };
        bench.Run(5000);
        bench.Authorise(5000);
        bench.Keeper.Turn(bench.UptimeMs);
        Assert.True(bench.Record.MarkWh > 0);
        bench.Keeper.Stop();
        Assert.False(bench.Keeper.IsAtRest);
        bench.Run(2000);

        Assert.True(bench.Keeper.IsAtRest);
        bench.Meter.ShutDown(bench.UptimeMs);
        bench.Boot();
        Assert.Equal(0UL, bench.Meter.ImportWhDown);
        Assert.DoesNotContain(SwitchEvent.Closed, bench.Events);
    }

    [Fact]
    public void A_call_that_may_block_starts_only_with_credit_for_the_time_of_the_coil()
    {
        SupplyOnTheBench bench = new() { LoadW = 15_000 };
        bench.Authorise(300);
        bool refused = false;
        for (int i = 0; i < 400; i++)
        {
            bench.Run(250);
            ulong markWh = bench.Record.MarkWh;
            ulong left = markWh - Math.Min(markWh, bench.Meter.ImportWhDown);
            bool isClosed = bench.Switch.State == SwitchState.Closed;
            refused |= !bench.Switch.MayBlock;
            Assert.True(
                !bench.Switch.MayBlock || !isClosed || left * 3600 > 15_000 * 19 / 10,
                $"{left} Wh are left, and a call may block.");
        }

        Assert.True(refused);
    }

    private static SwitchEvent TurnSwitch(SupplyOnTheBench bench) => bench.Switch.Turn(
        bench.Meter.ImportWhDown, bench.Meter.ImportImpulses, isSound: true, bench.UptimeMs);

    private static int Status(SupplyOnTheBench bench)
    {
        bench.Meter.RequestReading();
        bench.Run(2000);
        return bench.Signed[^1].Status & ~ReadingStatus.TimeMask;
    }
}
