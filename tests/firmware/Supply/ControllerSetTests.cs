using Helios.Signing;
using Helios.Supply;

namespace Helios.Tests.Firmware.Supply;

/// <summary>Who may replace the controllers, and what stays when they are.</summary>
public sealed class ControllerSetTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void Follows_a_set_signed_by_exactly_as_many_as_must(byte threshold, int count)
    {
        SupplyOnTheBench bench = new(threshold, count);
        ControllerSet next = Set(1, 1, SupplyOnTheBench.Keys(0x40, 2));
        byte[][] signatures = [.. bench.Controllers[^threshold..].Select(one => one.Set(next))];

        Assert.Equal(SupplyResult.WrongCount, Take(bench, next, signatures[1..]));
        Assert.Equal(
            SupplyResult.WrongCount, Take(bench, next, [.. signatures, signatures[^1]]));
        Assert.Equal(SupplyResult.Taken, Take(bench, next, signatures));

        Assert.Equal(SupplyResult.UnknownController, bench.Order(bench.Controllers[0], 500));
        bench.Controllers = [.. SupplyOnTheBench.Keys(0x40, 2)];
        Assert.Equal(SupplyResult.Taken, bench.Order(bench.Controllers[0], 500));
        Assert.Equal(500UL, bench.Record.AuthorisedWh);
    }

    [Fact]
    public void Refuses_one_who_signs_twice_strangers_and_signers_out_of_order()
    {
        SupplyOnTheBench bench = new(threshold: 2, controllers: 3);
        ControllerSet next = Set(1, 1, SupplyOnTheBench.Keys(0x40, 1));
        byte[] low = bench.Controllers[0].Set(next), high = bench.Controllers[2].Set(next);
        byte[] stranger = new Signatory(0x66).Set(next);

        Assert.Equal(SupplyResult.NotAscending, Take(bench, next, [low, low]));
        Assert.Equal(SupplyResult.NotAscending, Take(bench, next, [high, low]));
        Assert.Equal(SupplyResult.WrongSigner, Take(bench, next, [low, stranger]));
        Assert.Equal(SupplyResult.WrongSigner, Take(bench, next, [stranger, high]));
        Assert.Equal(SupplyResult.Taken, Take(bench, next, [low, high]));
    }

    [Theory]
    [InlineData(0U)]
    [InlineData(2U)]
    [InlineData(uint.MaxValue)]
    public void Follows_only_the_number_that_is_exactly_one_higher(uint number)
    {
        SupplyOnTheBench bench = new();
        ControllerSet next = Set(number, 1, SupplyOnTheBench.Keys(0x40, 1));
        Assert.Equal(
            SupplyResult.WrongNumber, Take(bench, next, [bench.Controllers[0].Set(next)]));
    }

    [Fact]
    public void Keeps_what_is_authorised_and_the_orders_of_those_who_stay()
    {
        SupplyOnTheBench bench = new(threshold: 2, controllers: 3);
        bench.Order(bench.Controllers[0], 800);
        bench.Order(bench.Controllers[1], 600);
        bench.Order(bench.Controllers[2], 900);
        Assert.Equal(800UL, bench.Record.AuthorisedWh);

        var stays = bench.Controllers[2];
        Signatory[] set = [.. SupplyOnTheBench.Keys(0x40, 1).Append(stays)
            .OrderBy(one => Convert.ToHexString(one.Address), StringComparer.Ordinal)];
        ControllerSet next = Set(1, 2, set);
        Assert.Equal(
            SupplyResult.Taken,
            Take(bench, next, [.. bench.Controllers[..2].Select(one => one.Set(next))]));

        Assert.Equal(800UL, bench.Record.AuthorisedWh);
        bench.Boot();
        Assert.Equal(1U, bench.Record.ControllersNumber);
        Assert.Equal(800UL, bench.Record.AuthorisedWh);
        Assert.Equal(SupplyResult.NotHigher, bench.Order(stays, 900));
        bench.Order(set.Single(one => one != stays), 850);
        Assert.Equal(850UL, bench.Record.AuthorisedWh);
    }

    [Fact]
    public void Follows_no_set_out_of_the_limits_whoever_signed_it()
    {
        SupplyOnTheBench bench = new();
        foreach (var next in new ControllerSet[]
        {
            new(1, 0, [bench.Owner.Address]),
            new(1, 2, [bench.Owner.Address]),
            new(1, 1, []),
            new(1, 1, [new byte[20]]),
            new(1, 1, [bench.Owner.Address, bench.Owner.Address]),
            Set(1, 1, SupplyOnTheBench.Keys(0x40, 8)),
        })
        {
            Assert.Equal(
                SupplyResult.Malformed, Take(bench, next, [bench.Controllers[0].Set(next)]));
        }
    }

    [Fact]
    public void Does_not_take_its_first_controllers_from_a_configuration_again()
    {
        SupplyOnTheBench bench = new();
        var before = bench.Controllers;
        bench.Controllers = [.. SupplyOnTheBench.Keys(0x40, 1)];
        bench.Boot();
        Assert.Equal(SupplyResult.UnknownController, bench.Order(bench.Controllers[0], 500));
        Assert.Equal(SupplyResult.Taken, bench.Order(before[0], 500));
    }

    private static ControllerSet Set(uint number, byte threshold, IEnumerable<Signatory> members)
        => new(number, threshold, [.. members.Select(one => one.Address)]);

    private static SupplyResult Take(
        SupplyOnTheBench bench, ControllerSet next, byte[][] signatures)
        => bench.Intake.TakeControllers(next, signatures, bench.UptimeMs);
}
