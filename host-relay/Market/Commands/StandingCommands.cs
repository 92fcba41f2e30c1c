using Helios.Chain;

namespace Helios.Trading;

/// <summary>Makes, ends and prints the standing orders of a meter.</summary>
internal static class StandingCommands
{
    /// <summary>Sells from now on what a meter earns.</summary>
    public static async Task<int> SellAsync(
        MarketOptions options, string meterText, string price, TextWriter output,
        CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var (account, meter) = (
            session.AccountOf(output), AddressText.Parse(meterText, "meter"));
        var ticks = session.Steps.ToTicks(price);
        var before = (await session.Contract.SalesOfAsync([meter], ct))[0];
        await account.SendAsync(
            MarketCalls.MakeStandingSale(meter, session.Market.Id, ticks), ct);
        output.WriteLine(
            $"What meter {meter} earns from now on is sold at no less than {price} "
            + $"{session.Steps.Symbol} per kWh, in lots of {session.Steps.KwhOf(1)} kWh.");
        if (before.Ticks > 0 && before.Owner == account.Address)
        {
            output.WriteLine(
                "What it earned before, and the last order does not offer, stays in the account: "
                + "sell it with `market sell` or `market ask`.");
        }

        await account.AllowInAllAsync(
            session.Coin,
            UInt128.MaxValue,
            "all coins of this account, for its own orders alone",
            ct);
        return 0;
    }

    /// <summary>Keeps energy open on a meter from now on.</summary>
    /// <param name="options">Which market, and who pays.</param>
    /// <param name="meterText">The meter.</param>
    /// <param name="wish">What is to be bought.</param>
    /// <param name="output">What is said.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> BuyAsync(
        MarketOptions options, string meterText, PurchaseWish wish, TextWriter output,
        CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var (account, meter) = (
            session.AccountOf(output), AddressText.Parse(meterText, "meter"));
        var (ticks, budget) = (session.Steps.ToTicks(wish.Price), BudgetOf(session, wish));
        var (keepWh, dailyWh) = (
            session.Steps.ToWhOfLots(wish.KeepKwh), session.Steps.ToWhOfLots(wish.DailyKwh));
        await account.SendAsync(
            MarketCalls.MakeStandingPurchase(meter, session.Market.Id, ticks, keepWh, dailyWh),
            ct);
        output.WriteLine(
            $"{wish.KeepKwh} kWh are kept open on meter {meter}, bought at no more than "
            + $"{wish.Price} {session.Steps.Symbol} per kWh and {wish.DailyKwh} kWh a day.");
        await LetRedeemAsync(session, account, meter, output, ct);
        if (budget > 0)
        {
            await account.AllowInAllAsync(
                new TokenContract(session.Node, session.Market.Token),
                budget,
                $"{session.Steps.MoneyOf(budget)} {session.Steps.Symbol} of this account in all",
                ct);
        }

        return 0;
    }

    /// <summary>Ends a standing order, and what the market might take for it.</summary>
    public static async Task<int> EndAsync(
        MarketOptions options, string meterText, bool isSale, TextWriter output,
        CancellationToken ct)
    {
        using var session = await MarketSession.OpenContractAsync(options, ct);
        var (account, meter) = (
            session.AccountOf(output), AddressText.Parse(meterText, "meter"));
        var paysWith = await PaysWithAsync(session, meter, ct);
        await account.SendAsync(
            isSale
                ? MarketCalls.EndStandingSale(meter)
                : MarketCalls.EndStandingPurchase(meter),
            ct);
        output.WriteLine(
            $"The standing {(isSale ? "sale" : "purchase")} of meter {meter} has ended; an order "
            + "that is in an auction stays binding.");
        if ((isSale ? session.Coin : paysWith) is { } token)
        {
            await account.AllowInAllAsync(
                token,
                UInt128.Zero,
                $"no {(isSale ? "coins" : await token.SymbolAsync(ct))} of this account any more: "
                    + "make once more what else of it still stands and needs them",
                ct);
        }

        return 0;
    }

    /// <summary>Prints the standing orders of a meter.</summary>
    public static async Task<int> ShowAsync(
        MarketOptions options, string meterText, Listing listing, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var meter = AddressText.Parse(meterText, "meter");
        var sale = (await session.Contract.SalesOfAsync([meter], ct))[0];
        var purchase = (await session.Contract.PurchasesOfAsync([meter], ct))[0];
        var steps = session.Steps;
        StandingRow[] rows =
        [
            .. sale.Ticks == 0 || sale.Market != session.Market.Id ? [] : new[]
            {
                new StandingRow(
                    "sells", steps.PriceOf(sale.Ticks), "what it earns",
                    steps.KwhOf(sale.OrderLots), "", $"{sale.Owner}"),
            },
            .. purchase.Ticks == 0 || purchase.Market != session.Market.Id ? [] : new[]
            {
                new StandingRow(
                    "buys", steps.PriceOf(purchase.Ticks),
                    $"keeps {MarketSteps.KwhOfWh(purchase.KeepWh)}, at most "
                        + $"{MarketSteps.KwhOfWh(purchase.DailyWh)} a day",
                    steps.KwhOf(purchase.OrderLots),
                    MarketSteps.KwhOfWh(purchase.BoughtWh), $"{purchase.Owner}"),
            },
        ];
        listing.Print(
            rows,
            rows.Length == 0
                ? $"Meter {meter} has no standing order in this market."
                : $"Standing orders of meter {meter}:",
            ("does", false, static row => row.Does),
            ("limit per kWh", true, static row => row.Limit),
            ("kWh", false, static row => row.Kwh),
            ("last order kWh", true, static row => row.LastOrderKwh),
            ("to be redeemed kWh", true, static row => row.BoughtKwh),
            ("owner", false, static row => row.Owner));
        return 0;
    }

    private static UInt128 BudgetOf(MarketSession session, PurchaseWish wish) =>
        (wish.Budget, session.Market.IsOwnCoin) switch
        {
            (null, true) => 0,
            (null, _) => throw new BadInputException(
                $"The market must be allowed to take {session.Steps.Symbol} for it: say with "
                    + "--budget how much in all."),
            (_, true) => throw new BadInputException(
                "The chain's own coin knows no allowance: a standing purchase pays from what "
                    + "`market account` says can be withdrawn; leave out --budget."),
            var (budget, _) => session.Steps.ToMoney(budget),
        };

    // The token of a standing purchase; null: the chain's own coin, or there is no such purchase.
    private static async Task<TokenContract?> PaysWithAsync(
        MarketSession session, Address meter, CancellationToken ct)
    {
        var purchase = (await session.Contract.PurchasesOfAsync([meter], ct))[0];
        return await session.Contract.MarketOfAsync(purchase.Market, ct)
            is { IsOwnCoin: false } market
                ? new TokenContract(session.Node, market.Token)
                : null;
    }

    private static async Task LetRedeemAsync(
        MarketSession session, MarketAccount account, Address meter, TextWriter output,
        CancellationToken ct)
    {
        var market = session.Contract.Address;
        var redemptions = new RedemptionsContract(
            session.Node,
            await session.Contract.RedemptionsAsync(ct),
            await session.Contract.LedgerAsync(ct));
        if (await redemptions.IsPayerApprovedAsync(meter, account.Address, market, ct))
        {
            return;
        }

        await account.SendAsync(
            redemptions.Address,
            RedemptionCalls.ApprovePayer(meter, market, isApproved: true),
            UInt128.Zero,
            ct);
        output.WriteLine($"The market may now redeem for meter {meter}.");
    }

    /// <summary>What a consumer types.</summary>
    /// <param name="KeepKwh">What is to be open.</param>
    /// <param name="DailyKwh">The most to buy in a day of UTC.</param>
    /// <param name="Price">The token's unit per kWh.</param>
    /// <param name="Budget">What the market may take in all; null in the chain's own coin.</param>
    internal sealed record PurchaseWish(
        string KeepKwh, string DailyKwh, string Price, string? Budget);

    private sealed record StandingRow(
        string Does, string Limit, string Kwh, string LastOrderKwh, string BoughtKwh,
        string Owner);
}
