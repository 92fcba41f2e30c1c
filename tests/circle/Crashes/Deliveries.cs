using Helios.Supply;

namespace Helios.Tests.Circle.Crashes;

/// <summary>Takes deliveries step by step, in any order, and lets parties fail between.</summary>
internal sealed class Deliveries(CircleBench bench, Random random)
{
    // A step that waits for a process looks again so much later.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(5);

    /// <summary>Every household buys some energy, uses or returns it, and settles.</summary>
    /// <param name="fail">Asked before each step that a household takes.</param>
    public async Task RunAsync(Func<Household, Task> fail)
    {
        await BeginAsync();
        await FinishAsync(fail);
    }

    /// <summary>Goes on until nothing is open in any household.</summary>
    public async Task FinishAsync(Func<Household, Task> fail)
    {
        var stuckAt = Environment.TickCount64 + (long)StuckAfter.TotalMilliseconds;
        while (!await AreAllDoneAsync())
        {
            var open = bench.Households.Where(one => one.Step != DeliveryStep.Done).ToArray();
            var household = open[random.Next(open.Length)];
            await fail(household);
            await bench.Link.TryConnectAsync();
            await AdvanceAsync(household);
            Assert.True(
                Environment.TickCount64 < stuckAt,
                $"Stuck: {string.Join(", ", open.Select(static one => one.Step))}.");
        }
    }

    private async Task BeginAsync()
    {
        foreach (var household in bench.Households)
        {
            household.TargetWh = (await bench.AccountAsync(household)).RedeemedWh
                + (ulong)random.Next(20, 80);
            household.Step = DeliveryStep.Redeem;
        }
    }

    /// <summary>What was done may have been undone since: once all seem done, look again.</summary>
    private async Task<bool> AreAllDoneAsync()
    {
        if (bench.Households.Exists(static one => one.Step != DeliveryStep.Done))
        {
            return false;
        }

        await bench.MineAsync((int)CircleBench.Confirmations);
        foreach (var household in bench.Households)
        {
            household.Step = await IsSettledAsync(household)
                ? DeliveryStep.Done
                : DeliveryStep.Settle;
        }

        return bench.Households.TrueForAll(static one => one.Step == DeliveryStep.Done);
    }

    private async Task AdvanceAsync(Household household)
    {
        var before = household.Step;
        household.Step = before switch
        {
            DeliveryStep.Redeem => await RedeemAsync(household),
            DeliveryStep.Authorise => await AuthoriseAsync(household),
            DeliveryStep.Order => Order(household),
            DeliveryStep.Close => Close(household),
            DeliveryStep.Deliver => Deliver(household),
            DeliveryStep.Open => Open(household),
            DeliveryStep.Sign => await SignAsync(household),
            _ => await SettleAsync(household),
        };
        if (household.Step == before)
        {
            await Task.Delay(Tick, TestContext.Current.CancellationToken);
        }
    }

    private async Task<DeliveryStep> RedeemAsync(Household household)
    {
        await bench.RedeemAsync(household);
        return await IsRedeemedAsync(household) ? DeliveryStep.Authorise : DeliveryStep.Redeem;
    }

    private async Task<DeliveryStep> AuthoriseAsync(Household household)
    {
        await bench.MineAsync();
        if (!await IsRedeemedAsync(household))
        {
            return DeliveryStep.Redeem;
        }

        return await bench.IsFinalAsync(household) ? DeliveryStep.Order : DeliveryStep.Authorise;
    }

    private DeliveryStep Order(Household household)
    {
        household.Run();
        household.Listen(bench.Link);
        return household.Bench.Record.AuthorisedWh >= household.TargetWh
            ? DeliveryStep.Close
            : DeliveryStep.Order;
    }

    private DeliveryStep Close(Household household)
    {
        household.Bench.LoadW = (ulong)random.Next(3_000, 15_001);
        household.Run();
        return household.Bench.RestWh == 0
            || household.Bench.Switch.State == SwitchState.Closed
                ? DeliveryStep.Deliver
                : DeliveryStep.Close;
    }

    private DeliveryStep Deliver(Household household)
    {
        household.Run();
        if (random.Next(40) == 0)
        {
            household.Bench.Keeper.AskReturn();
        }

        return household.Bench.RestWh == 0 ? DeliveryStep.Open : DeliveryStep.Deliver;
    }

    private static DeliveryStep Open(Household household)
    {
        household.Run();
        return household.Bench.RestWh == 0 && household.Bench.Keeper.IsAtRest
            ? DeliveryStep.Sign
            : DeliveryStep.Open;
    }

    private async Task<DeliveryStep> SignAsync(Household household)
    {
        household.Run();
        await household.PublishAsync(bench.Link);
        household.Listen(bench.Link);
        var last = household.Bench.Signed.LastOrDefault();
        if (!household.IsOutboxEmpty)
        {
            return DeliveryStep.Sign;
        }

        if (last is not null && last.ImportWh + last.ReturnedWh >= household.TargetWh)
        {
            return DeliveryStep.Settle;
        }

        household.Bench.Meter.RequestReading();
        return DeliveryStep.Sign;
    }

    private async Task<DeliveryStep> SettleAsync(Household household)
    {
        // A meter that restarts signs again what nobody is known to hold.
        household.Run();
        await household.PublishAsync(bench.Link);
        household.Listen(bench.Link);
        await bench.MineAsync();
        await bench.SettleAsync(household);
        return await IsSettledAsync(household) ? DeliveryStep.Done : DeliveryStep.Settle;
    }

    private async Task<bool> IsRedeemedAsync(Household household) =>
        (await bench.AccountAsync(household)).RedeemedWh >= household.TargetWh;

    private async Task<bool> IsSettledAsync(Household household)
    {
        var account = await bench.AccountAsync(household);
        return account.RedeemedWh >= household.TargetWh
            && account.SettledWh + account.RefundedWh == account.RedeemedWh;
    }
}
