namespace Helios.Chain;

/// <summary>Calldata of the transactions of an energy market.</summary>
public static class MarketCalls
{
    private const string OfferTuple =
        "(address,bytes32,uint48,uint16,uint48,address,uint40,uint32,uint256)";

    /// <summary>Makes a market; one that exists already is no error.</summary>
    public static byte[] CreateMarket(Address token, uint lotWh, ulong unitsPerTick) =>
        new AbiWriter("createMarket(address,uint32,uint64)")
            .Word(token).Word(lotWh).Word(unitsPerTick).ToArray();

    /// <summary>Pays all that is credited to the sender.</summary>
    public static byte[] Withdraw(Address token, Address to) =>
        new AbiWriter("withdraw(address,address)").Word(token).Word(to).ToArray();

    /// <summary>Pays the coins alone.</summary>
    public static byte[] WithdrawCoins(Address token, Address to) =>
        new AbiWriter("withdrawCoins(address,address)").Word(token).Word(to).ToArray();

    /// <summary>Bids in the auction that is on.</summary>
    public static byte[] Bid(Bytes32 market, uint period, ulong lots, ushort ticks) =>
        Order("bid", market, period, lots, ticks);

    /// <summary>Asks in the auction that is on.</summary>
    public static byte[] Ask(Bytes32 market, uint period, ulong lots, ushort ticks) =>
        Order("ask", market, period, lots, ticks);

    /// <summary>Walks on through an auction that has ended.</summary>
    public static byte[] Clear(Bytes32 market, uint period, ulong levels) =>
        new AbiWriter("clear(bytes32,uint32,uint256)")
            .Word(market).Word(period).Word(levels).ToArray();

    /// <summary>Credits an order's owner.</summary>
    public static byte[] SettleOrder(Bytes32 market, OrderNumber order) =>
        new AbiWriter("settleOrder(bytes32,uint256)").Word(market).Word(order.Value).ToArray();

    /// <summary>Buys lots of an offer.</summary>
    /// <param name="offer">What the seller signed.</param>
    /// <param name="signature">His signature, or what his contract takes for one.</param>
    /// <param name="lots">The most to buy.</param>
    /// <param name="fewestLots">Fewer than these: revert.</param>
    /// <param name="mostTicks">The most ticks of a lot.</param>
    /// <param name="deadline">Block time, s, after which it reverts.</param>
    public static byte[] Buy(
        Offer offer,
        ReadOnlySpan<byte> signature,
        ulong lots,
        ulong fewestLots,
        ushort mostTicks,
        ulong deadline) =>
        WithOffer(
            new AbiWriter($"buy({OfferTuple},bytes,uint48,uint48,uint16,uint40)"), offer)
            .Bytes(signature)
            .Word(lots)
            .Word(fewestLots)
            .Word(mostTicks)
            .Word(deadline)
            .ToArray();

    /// <summary>Takes an offer back.</summary>
    public static byte[] CancelOffer(Offer offer) =>
        WithOffer(new AbiWriter($"cancelOffer({OfferTuple})"), offer).ToArray();

    /// <summary>Takes all offers of the sender's epoch back.</summary>
    public static byte[] RaiseEpoch() => new AbiWriter("raiseEpoch()").ToArray();

    /// <summary>Makes the standing sale of a meter.</summary>
    public static byte[] MakeStandingSale(Address meter, Bytes32 market, ushort ticks) =>
        new AbiWriter("makeStandingSale(address,bytes32,uint16)")
            .Word(meter).Word(market).Word(ticks).ToArray();

    /// <summary>Makes the standing purchase of a meter.</summary>
    public static byte[] MakeStandingPurchase(
        Address meter, Bytes32 market, ushort ticks, ulong keepWh, ulong dailyWh) =>
        new AbiWriter("makeStandingPurchase(address,bytes32,uint16,uint48,uint48)")
            .Word(meter).Word(market).Word(ticks).Word(keepWh).Word(dailyWh).ToArray();

    /// <summary>Ends the standing sale of a meter.</summary>
    public static byte[] EndStandingSale(Address meter) => OfMeter("endStandingSale", meter);

    /// <summary>Ends the standing purchase of a meter.</summary>
    public static byte[] EndStandingPurchase(Address meter) =>
        OfMeter("endStandingPurchase", meter);

    /// <summary>Enters a standing sale into the auction that is on.</summary>
    public static byte[] TriggerSale(Address meter) => OfMeter("triggerSale", meter);

    /// <summary>Enters a standing purchase into the auction that is on.</summary>
    public static byte[] TriggerPurchase(Address meter) => OfMeter("triggerPurchase", meter);

    /// <summary>Redeems what a standing purchase has bought.</summary>
    public static byte[] RedeemBought(Address meter) => OfMeter("redeemBought", meter);

    /// <summary>A view: lots of an offer that could be bought now.</summary>
    internal static byte[] AvailableLotsOf(Offer offer, Address buyer) =>
        WithOffer(new AbiWriter($"availableLotsOf({OfferTuple},address)"), offer)
            .Word(buyer).ToArray();

    // Every member is one word.
    private static AbiWriter WithOffer(AbiWriter writer, Offer offer) => writer
        .Word(offer.Seller)
        .Word(offer.Market)
        .Word(offer.Lots)
        .Word(offer.Ticks)
        .Word(offer.MinLots)
        .Word(offer.Buyer)
        .Word(offer.ValidUntil)
        .Word(offer.Epoch)
        .Word(offer.Salt);

    private static byte[] Order(
        string name, Bytes32 market, uint period, ulong lots, ushort ticks) =>
        new AbiWriter($"{name}(bytes32,uint32,uint48,uint16)")
            .Word(market).Word(period).Word(lots).Word(ticks).ToArray();

    private static byte[] OfMeter(string name, Address meter) =>
        new AbiWriter($"{name}(address)").Word(meter).ToArray();
}
