using Helios.Chain;
using Helios.Trading;

namespace Helios.Boards.Virtual.Books;

/// <summary>
/// What each took part with in a market, added up from its events: an order's fill times its
/// auction's price, and what is not settled at its own limit.
/// </summary>
internal sealed class Trades
{
    private readonly MarketFacts _market;
    private readonly Dictionary<Address, OwnersTrades> _byOwner = [];
    private readonly Dictionary<Address, UInt128> _redeemedUnits = [];

    public Trades(MarketFacts market, MarketRecord record)
    {
        _market = market;
        var prices = record.Cleared.ToDictionary(
            static one => one.Period, static one => one.PriceTicks);
        var filled = record.Settled.ToDictionary(
            static one => one.Number, static one => one.FilledLots);
        foreach (var order in record.Placed)
        {
            if (filled.TryGetValue(order.Number, out var lots))
            {
                Trade(order, lots, prices[order.Number.Period]);
            }
            else
            {
                Hold(order);
            }
        }

        foreach (var purchase in record.Taken)
        {
            Pay(purchase.Buyer, purchase.Lots, purchase.Ticks);
            Receive(purchase.Seller, purchase.Lots, purchase.Ticks);
            OffersPaidUnits += Money(purchase.Lots, purchase.Ticks);
        }

        foreach (var (meter, units) in record.Redeemed)
        {
            _redeemedUnits[meter] = RedeemedUnitsOf(meter) + units;
        }

        Auctions = [.. record.Cleared.Select(auction => Books(auction, record.Placed, filled))];
    }

    /// <summary>Each cleared auction.</summary>
    public IReadOnlyList<AuctionBooks> Auctions { get; }

    /// <summary>Paid for signed offers, in smallest units.</summary>
    public UInt128 OffersPaidUnits { get; }

    /// <summary>What an owner's orders and purchases came to.</summary>
    public OwnersTrades Of(Address owner)
    {
        if (!_byOwner.TryGetValue(owner, out var trades))
        {
            _byOwner[owner] = trades = new OwnersTrades();
        }

        return trades;
    }

    /// <summary>What a standing order redeemed for a meter, in units of 10^-18 coin.</summary>
    public UInt128 RedeemedUnitsOf(Address meter) =>
        _redeemedUnits.GetValueOrDefault(meter, UInt128.Zero);

    private static AuctionBooks Books(
        AuctionCleared auction,
        IReadOnlyList<OrderPlaced> placed,
        Dictionary<OrderNumber, ulong> filled)
    {
        var moved = placed
            .Where(order => order.Number.Period == auction.Period
                && filled.GetValueOrDefault(order.Number) > 0)
            .Select(order => (order.Number, Lots: filled[order.Number]))
            .ToLookup(static one => one.Number.IsBid);
        return new AuctionBooks
        {
            Period = auction.Period,
            PriceTicks = auction.PriceTicks,
            Lots = auction.Lots,
            BidLots = moved[true].Aggregate(0UL, static (sum, one) => sum + one.Lots),
            AskLots = moved[false].Aggregate(0UL, static (sum, one) => sum + one.Lots),
            LowestBidTicks = moved[true].Select(static one => one.Number.Ticks)
                .DefaultIfEmpty().Min(),
            HighestAskTicks = moved[false].Select(static one => one.Number.Ticks)
                .DefaultIfEmpty().Max(),
        };
    }

    private void Trade(OrderPlaced order, ulong lots, ushort priceTicks)
    {
        if (order.Number.IsBid)
        {
            Pay(order.Owner, lots, priceTicks);
        }
        else
        {
            Receive(order.Owner, lots, priceTicks);
        }
    }

    private void Hold(OrderPlaced order)
    {
        var owner = Of(order.Owner);
        if (order.Number.IsBid)
        {
            owner.EscrowedMoneyUnits += Money(order.Lots, order.Number.Ticks);
        }
        else
        {
            owner.EscrowedWh += order.Lots * _market.LotWh;
        }
    }

    private void Pay(Address buyer, ulong lots, ushort ticks)
    {
        Of(buyer).BoughtWh += lots * _market.LotWh;
        Of(buyer).PaidUnits += Money(lots, ticks);
    }

    private void Receive(Address seller, ulong lots, ushort ticks)
    {
        Of(seller).SoldWh += lots * _market.LotWh;
        Of(seller).ReceivedUnits += Money(lots, ticks);
    }

    private UInt128 Money(ulong lots, ushort ticks) =>
        (UInt128)lots * ticks * _market.UnitsPerTick;
}
