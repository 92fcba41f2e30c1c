using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// What owners do once when they move in, while the node makes a block for each transaction.
/// </summary>
public static class AccountOpening
{
    // Years of a household's energy.
    private const ulong MoneyUnits = 10_000 * PlayEuro.Units;

    // As much as somebody who bids by hand sees to. What is bought in one day is not limited.
    private const ulong KeepWh = TradePlan.NeedWh;

    /// <summary>
    /// Opens the accounts of all houses at Redemptions and at the market, if there is one; where
    /// a person tries it, a buyer gets money too.
    /// </summary>
    public static async Task RunAsync(Neighbourhood neighbourhood, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        if (neighbourhood.TradingPlace is not { } place)
        {
            return;
        }

        foreach (var (number, house) in neighbourhood.Houses.Index())
        {
            await Enroller.FundAsync(neighbourhood.Chain, house.Wallet.Address, ct);
            if (house.IsOfPerson)
            {
                // He names his meter, and lets the market take his coins, himself.
                continue;
            }

            await house.Wallet.DoAsync(
                house.IsConsumer ? place.Market.Token : neighbourhood.CoinAddress,
                TokenContract.Approve(place.EnergyMarket, UInt128.MaxValue),
                ct);
            await (house.IsConsumer
                ? BuyAsync(neighbourhood, place, house, ct)
                : SellAsync(place, house, number, ct));
        }

        if (neighbourhood.Person is not null)
        {
            await place.IssueAsync(place.Founder, MoneyUnits, ct);
        }
    }

    private static async Task SellAsync(
        TradingPlace place, House house, int number, CancellationToken ct)
    {
        if (house.HasStandingOrder)
        {
            await house.Wallet.DoAsync(
                place.EnergyMarket,
                MarketCalls.MakeStandingSale(
                    house.Meter, place.Market.Id, TradingPlace.AskTicksOf(number)),
                ct);
        }
    }

    private static async Task BuyAsync(
        Neighbourhood neighbourhood, TradingPlace place, House house, CancellationToken ct)
    {
        var redemptions = neighbourhood.Redemptions.Address;
        await place.IssueAsync(house.Wallet, MoneyUnits, ct);
        await house.Wallet.DoAsync(
            redemptions, RedemptionCalls.NameDefaultMeter(house.Meter), ct);
        if (!house.HasStandingOrder)
        {
            return;
        }

        await house.Wallet.DoAsync(
            redemptions,
            RedemptionCalls.ApprovePayer(house.Meter, place.EnergyMarket, isApproved: true),
            ct);
        await house.Wallet.DoAsync(
            place.EnergyMarket,
            MarketCalls.MakeStandingPurchase(
                house.Meter,
                place.Market.Id,
                TradePlan.NeedTicks,
                Math.Min(KeepWh, neighbourhood.Options.MaxOpenWh),
                MarketFacts.LotsMax),
            ct);
    }
}
