namespace Helios.Tests.Circle.Crashes;

/// <summary>A relay can hide and repeat what a consumer's meter signs, and wins nothing.</summary>
public class HostileRelayTests
{
    [Fact]
    public async Task Whoever_has_the_readings_that_a_relay_hides_submits_and_settles()
    {
        await using var bench = await CircleBench.StartAsync(
            households: 1, new Random(Night.Seed), hasPrograms: false);
        var household = bench.Households[0];
        var hidden = await DeliverAsync(bench, household, 60);

        // Nothing that the relay does reaches the chain.
        await bench.MineAsync(20);
        await bench.SettleAsync(household);
        Assert.Equal(0UL, (await bench.AccountAsync(household)).SettledWh);

        await bench.SubmitAsync(hidden[^1]);
        await bench.SettleAsync(household);
        await bench.RequireBalanceAsync();
    }

    [Fact]
    public async Task Old_readings_that_a_relay_replays_change_nothing()
    {
        Random random = new(Night.Seed);
        await using var bench = await CircleBench.StartAsync(
            households: 1, random, hasPrograms: false);
        var household = bench.Households[0];
        List<byte[]> old = [];
        for (var delivery = 0; delivery < 3; delivery++)
        {
            old.AddRange(await DeliverAsync(bench, household, 40));
            var newest = old[^1];
            byte[][] batch = [.. old];
            random.Shuffle(batch);
            await bench.SubmitAsync([.. batch, newest, .. batch]);
            await bench.SettleAsync(household);
            await bench.RequireBalanceAsync();

            var before = await bench.AccountAsync(household);
            await bench.SubmitAsync(batch);
            await bench.SettleAsync(household);
            Assert.Equal(before, await bench.AccountAsync(household));
            await bench.RequireBalanceAsync();
        }
    }

    /// <summary>Redeems, uses it all, and signs.</summary>
    /// <returns>Everything that the meter signed, oldest first.</returns>
    private static async Task<byte[][]> DeliverAsync(
        CircleBench bench, Household household, ulong wh)
    {
        household.TargetWh += wh;
        await bench.RedeemAsync(household);
        household.Authorise(household.TargetWh);
        household.UseUp(loadW: 9_000);
        Assert.True(household.Unheard.Length > 0);
        return household.Unheard;
    }
}
