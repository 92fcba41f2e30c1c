using Helios.Metering;
using Helios.Supply;

namespace Helios.Tests.Firmware.Supply;

/// <summary>Which orders a meter believes, and what it does with the others: nothing.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    [InlineData(7, 7)]
    public void Authorises_what_k_of_n_controllers_order_and_no_fewer(byte threshold, int count)
    {
        SupplyOnTheBench bench = new(threshold, count) { LoadW = 2000 };
        foreach (var controller in bench.Controllers[..(threshold - 1)])
        {
            Assert.Equal(SupplyResult.Taken, bench.Order(controller, 1000));
            bench.Run(30_000);
            Assert.Equal(0UL, bench.Record.AuthorisedWh);
            Assert.Empty(Closings(bench));
        }

        Assert.Equal(SupplyResult.Taken, bench.Order(bench.Controllers[^1], 1000));
        Assert.Equal(1000UL, bench.Record.AuthorisedWh);
        bench.Run(30_000);
        Assert.NotEmpty(Closings(bench));
    }

    [Fact]
    public void Takes_the_kth_highest_of_what_the_controllers_order()
    {
        SupplyOnTheBench bench = new(threshold: 2, controllers: 3);
        bench.Order(bench.Controllers[0], 900);
        bench.Order(bench.Controllers[1], 300);
        Assert.Equal(300UL, bench.Record.AuthorisedWh);
        bench.Order(bench.Controllers[2], 500);
        Assert.Equal(500UL, bench.Record.AuthorisedWh);
        bench.Order(bench.Controllers[1], 1000);
        Assert.Equal(900UL, bench.Record.AuthorisedWh);
    }

    [Fact]
    public void Keeps_the_switch_open_for_one_controller_who_orders_twice()
    {
        SupplyOnTheBench bench = new(threshold: 2, controllers: 3) { LoadW = 2000 };
        Assert.Equal(SupplyResult.Taken, bench.Order(bench.Controllers[0], 500));
        Assert.Equal(SupplyResult.NotHigher, bench.Order(bench.Controllers[0], 500));
        Assert.Equal(SupplyResult.Taken, bench.Order(bench.Controllers[0], 900));
        AssertStaysOpen(bench);

        // Under another's topic it is the same signature, and his address is not that signer's.
        var (one, other) = (bench.Controllers[0], bench.Controllers[1]);
        Assert.Equal(
            SupplyResult.WrongSigner,
            bench.Intake.TakeOrder(
                other.Address,
                new(SupplyOnTheBench.MeterAddress, 900),
                one.Order(SupplyOnTheBench.MeterAddress, 900),
                bench.UptimeMs));
        AssertStaysOpen(bench);
    }

    [Fact]
    public void Refuses_forged_orders_and_those_for_another_meter_chain_or_ledger()
    {
        SupplyOnTheBench bench = new() { LoadW = 2000 };
        var honest = bench.Controllers[0];
        byte[] meter = SupplyOnTheBench.MeterAddress;
        byte[] other = [.. Enumerable.Repeat((byte)0x77, 20)];
        byte[] spoilt = honest.Order(meter, 500);
        spoilt[63] ^= 1;
        byte[] opposite = honest.Order(meter, 500);
        opposite[32] ^= 0x80;

        foreach (byte[] signature in new[]
        {
            new Signatory(0x66).Order(meter, 500),
            honest.Order(other, 500),
            honest.Order(meter, 500, chainId: 1),
            honest.Order(meter, 500, ledger: other),
            honest.Order(meter, 501),
            spoilt,
            opposite,
            new byte[64],
            [.. Enumerable.Repeat((byte)0xFF, 64)],
        })
        {
            Assert.Equal(
                SupplyResult.WrongSigner,
                bench.Intake.TakeOrder(honest.Address, new(meter, 500), signature, bench.UptimeMs));
        }

        Assert.Equal(SupplyResult.UnknownController, bench.Order(new Signatory(0x66), 500));
        AssertStaysOpen(bench);
    }

    [Fact]
    public void Refuses_whole_and_keeps_nothing_of_an_enormous_order()
    {
        SupplyOnTheBench bench = new() { LoadW = 2000 };
        ulong highest = bench.Meter.ImportWhDown + SupplyOnTheBench.MaxOpenWh;
        foreach (ulong level in new[] { highest + 1, Reading.RegisterWhMax })
        {
            Assert.Equal(SupplyResult.TooHigh, bench.Order(bench.Controllers[0], level));
        }

        Assert.Equal(0UL, bench.Record.OrderWh(0));
        AssertStaysOpen(bench);

        // The bound moves with what is used; the refused order counts for nothing until it is
        // heard again.
        Assert.Equal(SupplyResult.Taken, bench.Order(bench.Controllers[0], highest));
        bench.Run(60_000);
        Assert.Equal(SupplyResult.Taken, bench.Order(bench.Controllers[0], highest + 1));
    }

    [Fact]
    public void Takes_nothing_from_a_replayed_or_a_lower_order_once_the_energy_is_used()
    {
        SupplyOnTheBench bench = new() { LoadW = 15_000 };
        bench.Authorise(40);
        bench.Run(60_000);
        Assert.Equal(0UL, bench.RestWh);
        ulong used = bench.FlowedWhUp;

        foreach (ulong level in new ulong[] { 40, 39, 0 })
        {
            Assert.Equal(SupplyResult.NotHigher, bench.Order(bench.Controllers[0], level));
        }

        bench.Run(60_000);
        Assert.Equal(used, bench.FlowedWhUp);

        bench.Boot();
        Assert.Equal(SupplyResult.NotHigher, bench.Order(bench.Controllers[0], 40));
        bench.Run(60_000);
        Assert.Equal(used, bench.FlowedWhUp);
    }

    [Fact]
    public void Takes_no_order_while_it_may_not_sign()
    {
        SupplyOnTheBench bench = new();
        bench.Storage.Stuck.Add(0);
        bench.Storage.Stuck.Add(1);
        Assert.Equal(SupplyResult.StorageFailed, bench.Order(bench.Controllers[0], 500));
        Assert.Equal(SupplyResult.NotReady, bench.Order(bench.Controllers[0], 500));
        Assert.Equal(0UL, bench.Record.AuthorisedWh);
    }

    [Fact]
    public void A_meter_without_controllers_takes_no_order_and_never_closes()
    {
        SupplyOnTheBench bench = new(hasSupply: false) { LoadW = 1000, IsWelded = true };
        Assert.Equal(SupplyResult.NotReady, bench.Order(bench.Controllers[0], 500));
        bench.Run(120_000);
        Assert.Empty(bench.Events);
    }

    private static IEnumerable<SwitchEvent> Closings(SupplyOnTheBench bench)
        => bench.Events.Where(happened => happened == SwitchEvent.Closed);

    private static void AssertStaysOpen(SupplyOnTheBench bench)
    {
        bench.Run(60_000);
        Assert.Equal(0UL, bench.Record.AuthorisedWh);
        Assert.Empty(Closings(bench));
        Assert.Equal(0UL, bench.FlowedWhUp);
    }
}
