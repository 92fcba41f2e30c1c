using Helios.Chain;

namespace Helios.Trading;

/// <summary>Buys of a signed offer.</summary>
internal static class BuyCommand
{
    /// <summary>What a buyer types.</summary>
    /// <param name="File">The offer.</param>
    /// <param name="Kwh">The most to buy.</param>
    /// <param name="Most">His limit, the token's unit per kWh; null: the price in the file.</param>
    /// <param name="FewestKwh">Less than that is not bought; null: one lot.</param>
    /// <param name="WithinS">How long the purchase may take, s of block time.</param>
    internal sealed record Wish(
        string File, string Kwh, string? Most, string? FewestKwh, uint WithinS);

    public static async Task<int> RunAsync(
        MarketOptions options, Wish wish, TextWriter output, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var (account, steps) = (session.AccountOf(output), session.Steps);
        var file = OfferFile.Read(wish.File);
        var offer = file.Offer;
        var wanted = steps.ToLots(wish.Kwh);
        var fewest = wish.FewestKwh is null ? 1 : steps.ToLots(wish.FewestKwh);
        var most = wish.Most is null ? offer.Ticks : steps.ToTicks(wish.Most);

        var check = await OfferCheck.OfAsync(session, file, account.Address, ct);
        if (check.AvailableLots == 0)
        {
            throw new BadInputException(
                $"Nothing can be bought of {wish.File}: {check.Problem ?? "it is empty"}.");
        }

        var lots = Math.Min(wanted, check.AvailableLots);
        RequireAgreement(steps, offer, most, lots, Math.Max(fewest, check.LeastLots));
        var money = session.Market.MoneyOf(lots, offer.Ticks);
        await session.RequireMoneyAsync(account.Address, money, ct);
        var deadline = (await session.Node.LatestBlockAsync(ct)).Timestamp + wish.WithinS;
        var calldata = MarketCalls.Buy(offer, file.Signature, lots, fewest, most, deadline);
        var value = session.Market.IsOwnCoin ? money : UInt128.Zero;
        await account.TryAsync(calldata, value, ct);
        await session.AllowPaymentAsync(account, money, ct);
        var receipt = await account.SendAsync(session.Contract.Address, calldata, value, ct);

        var taken = MarketEvents.TakenIn(receipt, session.Contract.Address);
        output.WriteLine(
            $"Bought {steps.KwhOf(taken.Lots)} kWh of {taken.Seller} for "
            + $"{steps.MoneyOf(taken.Lots, taken.Ticks)} {steps.Symbol}; "
            + $"{receipt.GasUsed} gas.");
        return 0;
    }

    // The contract refuses the same, in lots and ticks.
    private static void RequireAgreement(
        MarketSteps steps, Offer offer, ushort most, ulong lots, ulong least)
    {
        if (offer.Ticks > most)
        {
            throw new BadInputException(
                $"The offer asks {steps.PriceOf(offer.Ticks)} {steps.Symbol} per kWh, more than "
                    + $"your {steps.PriceOf(most)}: raise --most.");
        }

        if (lots < least)
        {
            throw new BadInputException(
                $"{steps.KwhOf(lots)} kWh would be bought, and {steps.KwhOf(least)} kWh are the "
                    + "least that you or the seller want: see `market offers`.");
        }
    }
}
