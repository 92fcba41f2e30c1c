using Helios.Chain;

namespace Helios.Trading;

/// <summary>Bids or asks in the auction that is on.</summary>
internal static class OrderCommand
{
    public static async Task<int> RunAsync(
        MarketOptions options, bool isBid, string kwh, string price, TextWriter output,
        CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var (account, steps) = (session.AccountOf(output), session.Steps);
        var (lots, ticks) = (steps.ToLots(kwh), steps.ToTicks(price));
        var money = isBid ? session.Market.MoneyOf(lots, ticks) : UInt128.Zero;
        var value = session.Market.IsOwnCoin ? money : UInt128.Zero;
        byte[] CallOf(uint period) => isBid
            ? MarketCalls.Bid(session.Market.Id, period, lots, ticks)
            : MarketCalls.Ask(session.Market.Id, period, lots, ticks);
        if (isBid)
        {
            await session.RequireMoneyAsync(account.Address, money, ct);
            await account.TryOrderAsync(CallOf, value, ct);
            await session.AllowPaymentAsync(account, money, ct);
        }
        else
        {
            var coins = steps.CoinsOf(lots);
            await session.RequireCoinsAsync(account.Address, coins, ct);
            await account.TryOrderAsync(CallOf, value, ct);
            await account.AllowAsync(
                session.Coin, coins, $"another {steps.KwhOf(lots)} kWh in coins", ct);
        }

        var receipt = await account.SendOrderAsync(CallOf, value, ct);
        var order = MarketEvents.PlacedIn(receipt, session.Contract.Address).Number;
        var ends = (order.Period + 1UL) * await session.Contract.PeriodSAsync(ct);
        output.WriteLine(
            (isBid
                ? $"Bid for {kwh} kWh at no more than {price} {steps.Symbol} per kWh"
                : $"Asked no less than {price} {steps.Symbol} per kWh for {kwh} kWh")
            + $" in auction {order.Period}, which ends at {ChainTime.Of(ends)}; "
            + $"{receipt.GasUsed} gas.");
        return 0;
    }
}
