using System.Security.Cryptography;
using Helios.Chain;

namespace Helios.Trading;

/// <summary>Signs an offer into a file, and allows the market what it sells.</summary>
internal static class SellCommand
{
    private const ulong SecondsPerDay = 86_400;

    /// <summary>What a seller types.</summary>
    /// <param name="Kwh">The most that is sold in all.</param>
    /// <param name="Price">The token's unit per kWh.</param>
    /// <param name="File">Where the offer goes.</param>
    /// <param name="MinKwh">Least of one purchase; null: one lot.</param>
    /// <param name="Buyer">The only buyer; null: anyone.</param>
    /// <param name="Days">How long it stands, 1 to 30.</param>
    internal sealed record Wish(
        string Kwh, string Price, string File, string? MinKwh, string? Buyer, uint Days);

    public static async Task<int> RunAsync(
        MarketOptions options, Wish wish, TextWriter output, CancellationToken ct)
    {
        if (wish.Days is 0 or > Offer.DaysMax)
        {
            throw new BadInputException(
                $"An offer stands for 1 to {Offer.DaysMax} days: correct --days.");
        }

        using var session = await MarketSession.OpenAsync(options, ct);
        var account = session.AccountOf(output);
        var offer = await OfferOfAsync(session, account, wish, ct);
        var coins = session.Steps.CoinsOf(offer.Lots);
        await session.RequireCoinsAsync(account.Address, coins, ct);
        OfferFile.RequireFree(wish.File);

        var kwh = session.Steps.KwhOf(offer.Lots);
        await account.AllowAsync(session.Coin, coins, $"another {kwh} kWh in coins", ct);
        new OfferFile(options.ChainId, options.EnergyMarket, offer, account.Sign(offer))
            .Write(wish.File);
        output.WriteLine(
            $"The offer of {kwh} kWh at {session.Steps.PriceOf(offer.Ticks)} "
            + $"{session.Steps.Symbol} per kWh, until {ChainTime.Of(offer.ValidUntil)}, is in "
            + $"{wish.File}: pass it on.");
        return 0;
    }

    private static async Task<Offer> OfferOfAsync(
        MarketSession session, MarketAccount account, Wish wish, CancellationToken ct)
    {
        var lots = session.Steps.ToLots(wish.Kwh);
        var minLots = wish.MinKwh is null ? 1 : session.Steps.ToLots(wish.MinKwh);
        return minLots <= lots
            ? new Offer(
                account.Address,
                session.Market.Id,
                lots,
                session.Steps.ToTicks(wish.Price),
                minLots,
                wish.Buyer is null ? default : AddressText.Parse(wish.Buyer, "buyer"),
                session.Head.Timestamp + (wish.Days * SecondsPerDay),
                await session.Contract.EpochOfAsync(account.Address, ct),
                new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Length)))
            : throw new BadInputException(
                $"At least {wish.MinKwh} kWh of {wish.Kwh} kWh cannot be bought: lower --min.");
    }
}
