using Helios.Chain;

namespace Helios.Trading;

/// <summary>Takes one offer back, or all.</summary>
internal static class CancelCommand
{
    private const string NoCoins = "no coins of this account any more";

    /// <param name="options">Where, and whose.</param>
    /// <param name="path">The offer; null: all that the account has signed.</param>
    /// <param name="output">What is said.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, string? path, TextWriter output, CancellationToken ct)
    {
        using var session = await MarketSession.OpenContractAsync(options, ct);
        var account = session.AccountOf(output);
        if (path is null)
        {
            await account.SendAsync(MarketCalls.RaiseEpoch(), ct);
            output.WriteLine($"All offers that {account.Address} has signed are taken back.");
            await account.DisallowAsync(session.Coin, UInt128.MaxValue, NoCoins, ct);
            return 0;
        }

        var offer = OfferFile.Read(path).Offer;
        var taken = await session.Contract.TakenLotsOfAsync(offer, ct);
        await account.SendAsync(MarketCalls.CancelOffer(offer), ct);
        output.WriteLine($"The offer {path} is taken back.");
        await DisallowAsync(session, account, offer, offer.Lots - Math.Min(taken, offer.Lots), ct);
        return 0;
    }

    private static async Task DisallowAsync(
        MarketSession session, MarketAccount account, Offer offer, ulong lots,
        CancellationToken ct)
    {
        if (await session.Contract.MarketOfAsync(offer.Market, ct) is { } market)
        {
            var steps = await session.StepsOfAsync(market, ct);
            await account.DisallowAsync(
                session.Coin, steps.CoinsOf(lots), $"{steps.KwhOf(lots)} kWh less in coins", ct);
        }
    }
}
