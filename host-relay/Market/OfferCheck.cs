using Helios.Chain;

namespace Helios.Trading;

/// <summary>What is to be had of an offer now, and why not more.</summary>
/// <param name="AvailableLots">Lots that could be bought now.</param>
/// <param name="LeastLots">Fewest lots of one purchase.</param>
/// <param name="Problem">Null: every lot that is not sold can be bought.</param>
internal sealed record OfferCheck(ulong AvailableLots, ulong LeastLots, string? Problem)
{
    private const ulong OfferMaxS = Offer.DaysMax * 86_400;

    /// <summary>
    /// Checks deployment, market, signature, epoch, time and filled lots; of balance and allowance
    /// the contract itself says what they come to.
    /// </summary>
    /// <param name="session">The market and the node to ask.</param>
    /// <param name="file">The offer.</param>
    /// <param name="buyer">Who wants to buy; null: whoever may.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<OfferCheck> OfAsync(
        MarketSession session, OfferFile file, Address? buyer, CancellationToken ct)
    {
        var (offer, contract) = (file.Offer, session.Contract);
        if (await ForgeryAsync(session, file, ct) is { } forgery)
        {
            return new OfferCheck(0, 0, forgery);
        }

        if (Obstacle(offer, session.Head.Timestamp, buyer) is { } obstacle)
        {
            return new OfferCheck(0, 0, obstacle);
        }

        if (await contract.EpochOfAsync(offer.Seller, ct) != offer.Epoch)
        {
            return new OfferCheck(0, 0, "taken back with all of its time");
        }

        var taken = await contract.TakenLotsOfAsync(offer, ct);
        if (taken >= offer.Lots)
        {
            return new OfferCheck(
                0, 0, taken == MarketFacts.LotsMax ? "taken back" : "sold out");
        }

        var left = offer.Lots - taken;
        var available = await contract.AvailableLotsOfAsync(offer, buyer ?? offer.Buyer, ct);
        return new OfferCheck(
            available,
            Math.Min(offer.MinLots, left),
            available < left ? "the seller has or allows less" : null);
    }

    private static async Task<string?> ForgeryAsync(
        MarketSession session, OfferFile file, CancellationToken ct)
    {
        if (file.EnergyMarket != session.Contract.Address
            || session.Digest.ChainId != file.ChainId)
        {
            return $"for {file.EnergyMarket} on chain {file.ChainId}";
        }

        if (file.Offer.Market != session.Market.Id)
        {
            return $"for market {file.Offer.Market}";
        }

        var digest = session.Digest.Of(file.Offer);
        return await session.Contract.IsSignedAsync(file.Offer, digest, file.Signature, ct)
            ? null
            : "not signed by its seller";
    }

    private static string? Obstacle(Offer offer, ulong now, Address? buyer)
    {
        if (now > offer.ValidUntil)
        {
            return "ended";
        }

        if (offer.ValidUntil > now + OfferMaxS)
        {
            return $"ends more than {Offer.DaysMax} days from now";
        }

        return buyer is { } one && !offer.Buyer.IsZero && offer.Buyer != one
            ? "for another buyer"
            : null;
    }
}
