using Helios.Chain;
using Helios.Metering;

namespace Helios.Tests.HostRelay.Enrolling;

/// <summary>What becomes of an enrolled meter, on a real chain: each way, and each refusal.</summary>
public class MeterLifeTests
{
    private const ulong ExportWh = 5_000;

    private static readonly ulong ThirtyDaysS = 30 * 86_400;

    [Fact]
    public async Task A_suspended_meter_waits_and_a_resumed_one_earns()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var (meter, unknown) = (bench.Meter(), bench.Meter());
        await bench.EnrolAsync(meter.Enrolment());
        await bench.Deployment.MineAsync(3600);

        await RefusesAsync(bench.SendAsync(meter, DirectoryCalls.Resume), "is enrolled and active");
        await RefusesAsync(
            bench.SendAsync(unknown, DirectoryCalls.Suspend), "is not enrolled in this ledger");
        await RefusesAsync(
            bench.SendAsync(meter, DirectoryCalls.Suspend, EnrolmentBench.SecondEnroller),
            $"Enroller {EnrolmentBench.Enroller.Address} answers for this meter");
        await RefusesAsync(
            bench.SendAsync(unknown, DirectoryCalls.Suspend, EnrolmentBench.Owner),
            "is no enroller of this ledger");

        Assert.Contains(
            "is so, in block",
            await bench.SendAsync(meter, DirectoryCalls.Suspend),
            StringComparison.Ordinal);
        Assert.Equal(EnrolledState.Suspended, await bench.StateAsync(meter));
        Assert.Equal(SkipReason.MeterNotAccepting, (await bench.RecordAsync(meter.Sign(2, 200)))
            .Reason);
        await RefusesAsync(bench.SendAsync(meter, DirectoryCalls.Suspend), "is suspended");
        await RefusesAsync(bench.EnrolAsync(meter.Enrolment()), "is suspended");

        await bench.SendAsync(meter, DirectoryCalls.Resume);
        Assert.Equal((2UL, SkipReason.None), await bench.RecordAsync(meter.Sign(2, 200)));
    }

    [Fact]
    public async Task A_revoked_meter_mints_no_more_and_dies_when_owner_and_enroller_agree()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter(owner: EnrolmentBench.Owner.Address);
        await bench.EnrolAsync(meter.Enrolment());
        await bench.Deployment.MineAsync(3600);
        var offer = (Func<Address, byte[]>)(one => DirectoryCalls.OfferFinalImport(one, 700));
        var accept = (Func<Address, byte[]>)(one => DirectoryCalls.AcceptFinalImport(one, 700));
        await RefusesAsync(
            bench.SendAsync(meter, offer, EnrolmentBench.Owner), "is enrolled and active");

        await bench.SendAsync(meter, DirectoryCalls.Revoke);
        Assert.Contains(
            "closing, it was revoked", await bench.ShowAsync(meter), StringComparison.Ordinal);
        Assert.Equal((0UL, SkipReason.None), await bench.RecordAsync(meter.Sign(2, 900)));
        foreach (var call in (Func<Address, byte[]>[])
            [DirectoryCalls.Suspend, DirectoryCalls.Resume, DirectoryCalls.Revoke])
        {
            await RefusesAsync(bench.SendAsync(meter, call), "was revoked or replaced");
        }

        await RefusesAsync(bench.SendAsync(meter, accept), "The owner said 0 Wh or nothing yet");
        await RefusesAsync(
            bench.SendAsync(meter, offer, EnrolmentBench.NewOwner),
            $"The owner is {EnrolmentBench.Owner.Address}, not {EnrolmentBench.NewOwner.Address}: "
                + "use the owner's key.");
        await bench.SendAsync(meter, offer, EnrolmentBench.Owner);
        await RefusesAsync(
            bench.SendAsync(meter, one => DirectoryCalls.AcceptFinalImport(one, 699)),
            "The owner said 700 Wh or nothing yet, not 699 Wh");
        await RefusesAsync(bench.SendAsync(meter, accept), "after 30 days of closing");
        await bench.Deployment.MineAsync(ThirtyDaysS);
        await bench.SendAsync(meter, accept);
        Assert.Equal(EnrolledState.Dead, await bench.StateAsync(meter));
        await RefusesAsync(bench.EnrolAsync(meter.Enrolment()), "is dead, for good");
    }

    [Fact]
    public async Task A_replaced_meter_earns_nothing_and_its_part_of_a_coin_carries_over()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var (old, element) = (bench.Meter(), bench.Meter(hasElement: true));
        await bench.EnrolAsync(old.Enrolment());
        await bench.Deployment.MineAsync(3600);
        Assert.Equal((1UL, SkipReason.None), await bench.RecordAsync(old.Sign(2, 160)));

        await RefusesAsync(
            bench.ReplaceAsync(old, element.Enrolment()),
            $"The owner is {old.Owner}, not {element.Owner}: have the new meter sign an Enrolment "
                + "for the owner of the old one.");
        await RefusesAsync(
            bench.ReplaceAsync(
                old, element.Enrolment(owner: old.Owner), EnrolmentBench.SecondEnroller),
            "answers for this meter");
        await RefusesAsync(
            bench.ReplaceAsync(bench.Meter(), element.Enrolment(owner: old.Owner)),
            "The meter is not enrolled in this ledger: correct its address.");
        var said = await bench.ReplaceAsync(old, element.Enrolment(owner: old.Owner));
        Assert.Contains(
            $"in place of       {old.Address}, active; it will be closing and mint no more",
            said, StringComparison.Ordinal);
        Assert.Contains(
            "carried over      60 Wh of the coin that it began, up to its pagination 2",
            said[..said.IndexOf("Sent transaction", StringComparison.Ordinal)],
            StringComparison.Ordinal);
        Assert.Contains(
            $"Meter {element.Address} is enrolled in place of {old.Address}", said,
            StringComparison.Ordinal);
        Assert.Contains(
            $"closing, {element.Address} replaced it", await bench.ShowAsync(old),
            StringComparison.Ordinal);

        await bench.Deployment.MineAsync(3600);
        Assert.Equal((0UL, SkipReason.None), await bench.RecordAsync(old.Sign(3, 900)));
        Assert.Equal((1UL, SkipReason.None), await bench.RecordAsync(element.Sign(2, 40)));
        await RefusesAsync(
            bench.ReplaceAsync(old, bench.Meter().Enrolment(owner: old.Owner)),
            "was revoked or replaced");
    }

    [Fact]
    public async Task A_new_owner_takes_over_with_a_fresh_enrolment_of_the_meter()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter(owner: EnrolmentBench.Owner.Address);
        var newOwner = EnrolmentBench.NewOwner;
        await bench.EnrolAsync(meter.Enrolment());
        await bench.Deployment.MineAsync(3600);
        await bench.RecordAsync(meter.Sign(2, 160));
        var fresh = meter.Enrolment(owner: newOwner.Address, pagination: 3, exportWh: 160);
        var offer = (Func<Address, byte[]>)(one => DirectoryCalls.Offer(one, newOwner.Address));

        await RefusesAsync(bench.AcceptAsync(fresh, newOwner), "is offered to nobody");
        await RefusesAsync(
            bench.SendAsync(meter, offer),
            $"The owner is {EnrolmentBench.Owner.Address}, not {EnrolmentBench.Enroller.Address}: "
                + "use the owner's key.");
        await RefusesAsync(
            bench.SendAsync(bench.Meter(), offer),
            "The meter is not enrolled in this ledger: correct its address.");
        await bench.SendAsync(meter, offer, EnrolmentBench.Owner);
        Assert.Contains(
            $"offered to        {newOwner.Address}", await bench.ShowAsync(meter),
            StringComparison.Ordinal);
        await RefusesAsync(
            bench.AcceptAsync(fresh, EnrolmentBench.SecondEnroller),
            $"is offered to {newOwner.Address}");
        foreach (var (enrolment, words) in new[]
        {
            (meter.Enrolment(pagination: 3, exportWh: 160),
                $"The owner is {EnrolmentBench.Owner.Address}, not {newOwner.Address}: use the "
                    + "owner's key, or have the meter sign an Enrolment for the right owner."),
            (meter.Enrolment(owner: newOwner.Address, pagination: 2, exportWh: 160),
                "The ledger has pagination 2 of this meter, and 2 is not newer"),
            (meter.Enrolment(owner: newOwner.Address, pagination: 3, exportWh: 170),
                "The ledger has a register at 160 Wh, the Enrolment says 170 Wh"),
            (meter.Enrolment(
                owner: newOwner.Address, pagination: 3, exportWh: 160, maxPowerW: 39_999),
                "The enroller admitted 40000, the new Enrolment says 39999"),
        })
        {
            await RefusesAsync(bench.AcceptAsync(enrolment, newOwner), words);
        }

        Assert.Contains(
            $"is owned by {newOwner.Address}", await bench.AcceptAsync(fresh, newOwner),
            StringComparison.Ordinal);
        Assert.Equal((1UL, SkipReason.None), await bench.RecordAsync(meter.Sign(4, 240)));
        var coin = new CoinContract(
            bench.Deployment.Node,
            await bench.Deployment.Ledger.CoinAsync(TestContext.Current.CancellationToken));
        foreach (var owner in (SenderKey[])[EnrolmentBench.Owner, newOwner])
        {
            Assert.Equal(
                (UInt128)1_000_000_000_000_000_000,
                await coin.BalanceOfAsync(owner.Address, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>It eats the next redemptions, those of the meter's buyer too.</summary>
    [Fact]
    public async Task What_a_meter_returned_beyond_all_that_was_redeemed_is_shown()
    {
        const string Words = "returned ahead";
        await using var bench = await EnrolmentBench.StartAsync();
        var newOwner = EnrolmentBench.NewOwner;
        var meter = bench.Meter(owner: EnrolmentBench.Owner.Address);
        await bench.EnrolAsync(meter.Enrolment(importWh: 700, returnedWh: 50));
        await bench.Deployment.MineAsync(3600);
        await bench.RecordAsync(meter.Sign(Of(2, importWh: 800, returnedWh: 50)));
        Assert.DoesNotContain(Words, await bench.ShowAsync(meter), StringComparison.Ordinal);

        // The 600 Wh that were used are a debt, and no part of it.
        await bench.RecordAsync(meter.Sign(Of(3, importWh: 1300, returnedWh: 2050)));
        Assert.Contains(
            $"{Words}    2000 Wh beyond all that was redeemed: coins for the next so many come "
                + "straight back to the owner, and no energy flows for them",
            await bench.ShowAsync(meter), StringComparison.Ordinal);
        await bench.RedeemAsync(meter, EnrolmentBench.Owner, 600 + 1500);
        Assert.Contains(
            $"{Words}    500 Wh", await bench.ShowAsync(meter), StringComparison.Ordinal);
        await bench.RedeemAsync(meter, EnrolmentBench.Owner, 600);
        Assert.DoesNotContain(Words, await bench.ShowAsync(meter), StringComparison.Ordinal);

        await bench.RecordAsync(meter.Sign(Of(4, importWh: 1300, returnedWh: 2350)));
        await bench.SendAsync(
            meter, one => DirectoryCalls.Offer(one, newOwner.Address), EnrolmentBench.Owner);
        var fresh = meter.Enrolment(
            newOwner.Address, pagination: 5, ExportWh, importWh: 1300, returnedWh: 2350);
        var said = await bench.AcceptAsync(fresh, newOwner);
        Assert.Contains(
            $"{Words}    200 Wh",
            said[..said.IndexOf("Sent transaction", StringComparison.Ordinal)],
            StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(Task<string> command, string words) =>
        Assert.Contains(words, await command, StringComparison.Ordinal);

    private static Reading Of(uint pagination, ulong importWh, ulong returnedWh) => new(
        pagination, ExportWh, importWh, 0, returnedWh, 0, ReadingStatus.TimeUnknown);
}
