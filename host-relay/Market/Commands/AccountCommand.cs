using Helios.Chain;

namespace Helios.Trading;

/// <summary>Prints what an account has, allows and can withdraw.</summary>
internal static class AccountCommand
{
    public static async Task<int> RunAsync(
        MarketOptions options, Listing listing, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var (account, steps) = (session.AccountOf(TextWriter.Null).Address, session.Steps);
        var market = session.Contract.Address;
        var (coins, allowed) = (
            await session.Coin.BalanceOfAsync(account, ct),
            await session.Coin.AllowanceAsync(account, market, ct));
        var credit = await session.Contract.CreditOfAsync(session.Market.Token, account, ct);
        var money = await session.MoneyOfAsync(account, ct);
        var moneyAllowed = session.Market.IsOwnCoin
            ? UInt128.Zero
            : await new TokenContract(session.Node, session.Market.Token)
                .AllowanceAsync(account, market, ct);
        listing.Print(
            [
                new AccountRow(
                    "HEC, kWh", steps.KwhOfCoins(coins), Allowed(allowed, steps.KwhOfCoins),
                    steps.KwhOfCoins(credit.Coins)),
                new AccountRow(
                    steps.Symbol, steps.MoneyOf(money), Allowed(moneyAllowed, steps.MoneyOf),
                    steps.MoneyOf(credit.Money)),
            ],
            $"Account {account} in market {session.Market.Id}:",
            ("what", false, static row => row.What),
            ("has", true, static row => row.Has),
            ("the market may take", true, static row => row.MarketMayTake),
            ("can be withdrawn", true, static row => row.CanBeWithdrawn));
        return 0;
    }

    private static string Allowed(UInt128 units, Func<UInt128, string> say) =>
        TokenContract.IsEndless(units) ? "all" : say(units);

    private sealed record AccountRow(
        string What, string Has, string MarketMayTake, string CanBeWithdrawn);
}
