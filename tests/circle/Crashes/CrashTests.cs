using System.Diagnostics;
using Helios.Tests.Circle.Histories;

namespace Helios.Tests.Circle.Crashes;

/// <summary>
/// Anybody fails at any step between coin and energy; then the books balance, nothing was
/// delivered twice, and no coin is lost. At night 1,000 deliveries.
/// </summary>
public class CrashTests
{
    private static readonly int Households = Night.IsOn ? 20 : 10;
    private static readonly int Rounds = Night.IsOn ? 50 : 3;
    private static readonly DeliveryStep[] Steps =
        [.. Enum.GetValues<DeliveryStep>().Where(static step => step != DeliveryStep.Done)];

    [Fact]
    public async Task A_party_fails_at_a_random_step_of_each_delivery_and_the_books_balance()
    {
        var seed = Night.Seed;
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        HistoryFigures figures = new();
        await using var bench = await CircleBench.StartAsync(Households, random);
        Deliveries deliveries = new(bench, random);
        for (var round = 0; round < Rounds; round++)
        {
            var plan = bench.Households.ToDictionary(static one => one, _ => Failure(random));
            async Task FailAsync(Household household)
            {
                var its = plan[household];
                plan.Remove(household);
                figures.Count($"{its.Step}/{its.Party}");
                await bench.FailAsync(its.Party, household);
            }

            await deliveries.RunAsync(async household =>
            {
                if (plan.TryGetValue(household, out var its) && its.IsDueAt(household.Step))
                {
                    await FailAsync(household);
                }
            });

            // Those that were to fail after the last step.
            foreach (var household in plan.Keys.ToArray())
            {
                await FailAsync(household);
            }

            await deliveries.FinishAsync(static _ => Task.CompletedTask);
            await bench.RequireBalanceAsync();
            figures.Count("deliveries", Households);
        }

        bench.Households.ForEach(one => figures.Add(one.Figures));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"HELIOS_SEED={seed}, {clock.Elapsed.TotalSeconds:F0} s: {figures}.");
    }

    [Fact]
    public async Task Reorgs_of_depth_1_to_5_around_each_step_past_the_order_change_nothing()
    {
        var random = new Random(Night.Seed);
        await using var bench = await CircleBench.StartAsync(households: 1, random);
        Deliveries deliveries = new(bench, random);
        foreach (var step in Steps[(int)DeliveryStep.Close..])
        {
            for (var depth = 1; depth <= CircleBench.ReorgDepthMax; depth++)
            {
                var isDue = true;
                await deliveries.RunAsync(async household =>
                {
                    if (isDue && household.Step == step)
                    {
                        isDue = false;
                        await bench.ReorganiseAsync(depth);
                    }
                });
                Assert.False(isDue);
                await bench.RequireBalanceAsync();
            }
        }
    }

    private static Failure Failure(Random random) => new(
        Steps[random.Next(Steps.Length)],
        (Party)random.Next(Enum.GetValues<Party>().Length),
        random.Next(3));
}
