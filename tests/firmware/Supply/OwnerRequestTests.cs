using Helios.Metering;
using Helios.Signing;
using Helios.Supply;

namespace Helios.Tests.Firmware.Supply;

/// <summary>What a meter does for its owner, and for nobody else.</summary>
public sealed class OwnerRequestTests
{
    [Fact]
    public void Signs_every_register_exact_on_request_once()
    {
        SupplyOnTheBench bench = new() { LoadW = 3000 };
        bench.Authorise(2000);
        bench.Run(300_000);
        int signed = bench.Signed.Count;

        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.SignReading, 1));
        Assert.Equal(1U, bench.Record.RequestNumber);
        bench.Run(3000);

        Assert.Equal(signed + 1, bench.Signed.Count);
        Assert.InRange(
            bench.Signed[^1].ImportWh, bench.Meter.ImportWhDown - 3, bench.Meter.ImportWhDown);
        Assert.Equal(SupplyResult.WrongNumber, bench.Request(OwnerRequest.SignReading, 1));
    }

    [Fact]
    public void Numbers_rise_by_1000_at_most_and_survive_a_restart()
    {
        SupplyOnTheBench bench = new();
        Assert.Equal(SupplyResult.WrongNumber, bench.Request(OwnerRequest.OpenSwitch, 1001));
        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.OpenSwitch, 1000));
        bench.Boot();
        Assert.Equal(SupplyResult.WrongNumber, bench.Request(OwnerRequest.ReleaseSwitch, 1000));
        Assert.Equal(SupplyResult.WrongNumber, bench.Request(OwnerRequest.ReleaseSwitch, 999));
        Assert.Equal(SupplyResult.WrongNumber, bench.Request(OwnerRequest.ReleaseSwitch, 2001));
        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.ReleaseSwitch, 1001));
    }

    [Fact]
    public void Obeys_nobody_but_the_owner()
    {
        SupplyOnTheBench bench = new();
        for (byte action = 1; action <= 4; action++)
        {
            Assert.Equal(
                SupplyResult.WrongSigner, bench.Request(action, 1, by: bench.Controllers[0]));
        }

        Assert.Equal(0U, bench.Record.RequestNumber);
    }

    [Fact]
    public void Opened_by_hand_it_stays_open_until_released_across_restarts_and_orders()
    {
        SupplyOnTheBench bench = new() { LoadW = 3000 };
        bench.Authorise(1000);
        bench.Run(60_000);
        Assert.Equal(SwitchState.Closed, bench.Switch.State);

        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.OpenSwitch, 1));
        bench.Run(5000);
        Assert.False(bench.IsConducting);
        ulong used = bench.FlowedWhUp;
        bench.Authorise(1500);
        bench.Run(60_000);
        bench.Boot();
        bench.Run(60_000);
        Assert.Equal(used, bench.FlowedWhUp);

        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.ReleaseSwitch, 2));
        bench.Run(60_000);
        Assert.True(bench.IsConducting);
    }

    [Fact]
    public void Returns_the_rest_by_button_exactly()
    {
        SupplyOnTheBench bench = new() { LoadW = 3000 };
        bench.Authorise(1000);
        bench.Run(60_000);

        bench.Keeper.AskReturn();
        bench.Run(6000);

        SupplyRecord record = bench.Record;
        Assert.False(bench.IsConducting);
        Assert.Equal(1000UL, bench.Meter.ImportWhDown + record.ReturnedWh);
        Assert.InRange(bench.Meter.ImportWhDown, 40UL, 60UL);
        Assert.Equal(bench.Meter.ImportWhDown, bench.Signed[^1].ImportWh);
        Assert.Equal(record.ReturnedWh, bench.Signed[^1].ReturnedWh);
        bench.Run(60_000);
        Assert.False(bench.IsConducting);
    }

    [Fact]
    public void Returns_a_level_that_no_order_reached_and_a_later_order_delivers_nothing()
    {
        SupplyOnTheBench bench = new() { LoadW = 3000 };
        bench.Authorise(100);
        bench.Run(300_000);
        ulong used = bench.Meter.ImportWhDown;
        Assert.InRange(used, 100UL, 100 + OvershootTests.BoundWh);

        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.Return, 1, 800));
        bench.Run(6000);
        Assert.Equal(800 - used, bench.Record.ReturnedWh);
        Assert.Equal(1U, bench.Record.RequestNumber);
        Assert.Equal(800 - used, bench.Signed[^1].ReturnedWh);

        bench.Authorise(800);
        bench.Run(60_000);
        Assert.Equal(used, bench.Meter.ImportWhDown);
        Assert.Equal(0UL, bench.RestWh);
    }

    [Fact]
    public void Refuses_a_return_above_what_may_be_open()
    {
        SupplyOnTheBench bench = new();
        Assert.Equal(
            SupplyResult.TooHigh,
            bench.Request(OwnerRequest.Return, 1, SupplyOnTheBench.MaxOpenWh + 1));
        OwnerRequest huge = new(
            SupplyOnTheBench.MeterAddress,
            OwnerRequest.Return,
            1,
            [1, .. new byte[19]]);
        Assert.Equal(
            SupplyResult.TooHigh,
            bench.Intake.TakeRequest(huge, bench.Owner.Request(huge), bench.UptimeMs));
        bench.Run(10_000);
        Assert.Equal(0UL, bench.Record.ReturnedWh);
        Assert.Equal(0U, bench.Record.RequestNumber);
    }

    [Fact]
    public void A_return_below_what_was_used_gives_nothing_and_uses_its_number_up()
    {
        SupplyOnTheBench bench = new() { LoadW = 3000 };
        bench.Authorise(100);
        bench.Run(300_000);
        Assert.Equal(SupplyResult.Taken, bench.Request(OwnerRequest.Return, 5, 50));
        bench.Run(6000);
        Assert.Equal(0UL, bench.Record.ReturnedWh);
        Assert.Equal(5U, bench.Record.RequestNumber);
    }
}
