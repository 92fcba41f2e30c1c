namespace Helios.Tests.Circle.Crashes;

/// <summary>What the switch lets through too much is not lost: the next coins pay for it.</summary>
public class DebtTests
{
    [Fact]
    public async Task What_overshot_is_a_debt_that_the_next_redemption_pays_first()
    {
        const ulong BoughtWh = 40;
        await using var bench = await CircleBench.StartAsync(
            households: 1, new Random(Night.Seed), hasPrograms: false);
        var household = bench.Households[0];
        await DeliverAsync(bench, household, BoughtWh);
        var overshotWh = household.Bench.FlowedWhDown - BoughtWh;
        Assert.InRange(overshotWh, 1UL, BoughtWh);
        Assert.Equal(new(BoughtWh, BoughtWh, 0), await bench.AccountAsync(household));
        Assert.Equal(overshotWh, await bench.DebtWhAsync(household));

        // Nobody settles, and no reading comes: the coins themselves pay the debt.
        household.TargetWh += BoughtWh;
        await bench.RedeemAsync(household);
        Assert.Equal(
            new(2 * BoughtWh, BoughtWh + overshotWh, 0), await bench.AccountAsync(household));
        Assert.Equal(0UL, await bench.DebtWhAsync(household));
        household.Authorise(household.TargetWh);
        Assert.Equal(BoughtWh - overshotWh, household.Bench.RestWh);
    }

    private static async Task DeliverAsync(
        CircleBench bench, Household household, ulong wh)
    {
        household.TargetWh += wh;
        await bench.RedeemAsync(household);
        household.Authorise(household.TargetWh);
        household.UseUp(household.Bench.Configuration.MaxPowerW);
        await bench.SubmitAsync(household.Unheard);
        await bench.SettleAsync(household);
    }
}
