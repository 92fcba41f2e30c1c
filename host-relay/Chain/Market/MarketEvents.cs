namespace Helios.Chain;

/// <summary>
/// First topics of an energy market's events, and what the entries under them say. The entries come
/// from a search for the topic, so that they are of the kind.
/// </summary>
internal static class MarketEvents
{
    public static readonly byte[] MarketCreated =
        AbiWriter.HashOf("MarketCreated(bytes32,address,uint32,uint64)");

    public static readonly byte[] OrderPlaced =
        AbiWriter.HashOf("OrderPlaced(bytes32,address,uint32,uint256,uint48)");

    public static readonly byte[] OrderSettled =
        AbiWriter.HashOf("OrderSettled(bytes32,address,uint256,uint48)");

    public static readonly byte[] AuctionCleared =
        AbiWriter.HashOf("AuctionCleared(bytes32,uint32,uint16,uint64)");

    public static readonly byte[] OfferTaken =
        AbiWriter.HashOf("OfferTaken(bytes32,bytes32,address,address,uint48,uint16)");

    public static readonly byte[] StandingSaleMade =
        AbiWriter.HashOf("StandingSaleMade(address,address,bytes32,uint16)");

    public static readonly byte[] StandingPurchaseMade =
        AbiWriter.HashOf("StandingPurchaseMade(address,address,bytes32,uint16,uint48,uint48)");

    public static readonly byte[] BoughtRedeemed =
        AbiWriter.HashOf("BoughtRedeemed(address,address,uint256)");

    private static readonly byte[] Withdrawn =
        AbiWriter.HashOf("Withdrawn(address,address,address,uint256,uint256)");


    public static MarketFacts ToMarket(LogEntry log)
    {
        var rest = new AbiReader(log.Content);
        return new MarketFacts(
            new Bytes32(TopicOf(log, 1)),
            new AbiReader(TopicOf(log, 2)).Address(),
            rest.UInt32(),
            rest.UInt64());
    }

    public static OrderPlaced ToOrderPlaced(LogEntry log)
    {
        var rest = new AbiReader(log.Content);
        return new OrderPlaced(
            new AbiReader(TopicOf(log, 2)).Address(),
            new OrderNumber(rest.UInt128()),
            rest.UInt48());
    }

    public static OrderSettled ToOrderSettled(LogEntry log)
    {
        var rest = new AbiReader(log.Content);
        return new OrderSettled(
            new AbiReader(TopicOf(log, 2)).Address(),
            new OrderNumber(rest.UInt128()),
            rest.UInt48());
    }

    public static AuctionCleared ToAuctionCleared(LogEntry log)
    {
        var rest = new AbiReader(log.Content);
        return new AuctionCleared(
            new AbiReader(TopicOf(log, 2)).UInt32(), rest.UInt16(), rest.UInt64());
    }

    public static OfferTaken ToOfferTaken(LogEntry log)
    {
        var rest = new AbiReader(log.Content);
        return new OfferTaken(
            new AbiReader(TopicOf(log, 3)).Address(),
            rest.Address(),
            rest.UInt48(),
            rest.UInt16(),
            log.BlockNumber);
    }

    public static BoughtRedeemed ToBoughtRedeemed(LogEntry log) => new(
        new AbiReader(TopicOf(log, 1)).Address(), new AbiReader(log.Content).UInt128());

    /// <summary>The meter of a standing order.</summary>
    public static Address ToMeter(LogEntry log) => new AbiReader(TopicOf(log, 1)).Address();

    /// <summary>The order that a transaction placed.</summary>
    /// <exception cref="FormatException">The receipt lacks it.</exception>
    public static OrderPlaced PlacedIn(Receipt receipt, Address energyMarket) =>
        ToOrderPlaced(FirstOf(receipt, energyMarket, OrderPlaced));

    /// <summary>The order that a transaction settled.</summary>
    /// <inheritdoc cref="PlacedIn"/>
    public static OrderSettled SettledIn(Receipt receipt, Address energyMarket) =>
        ToOrderSettled(FirstOf(receipt, energyMarket, OrderSettled));

    /// <summary>Auctions of which a transaction ended the clearing.</summary>
    public static IReadOnlyList<AuctionCleared> ClearedIn(
        Receipt receipt, Address energyMarket) =>
        [.. Of(receipt, energyMarket, AuctionCleared).Select(ToAuctionCleared)];

    /// <summary>The purchase of a transaction.</summary>
    /// <inheritdoc cref="PlacedIn"/>
    public static OfferTaken TakenIn(Receipt receipt, Address energyMarket) =>
        ToOfferTaken(FirstOf(receipt, energyMarket, OfferTaken));

    /// <summary>What a transaction paid out.</summary>
    public static MarketCredit WithdrawnIn(Receipt receipt, Address energyMarket) =>
        Sum(Of(receipt, energyMarket, Withdrawn));

    /// <summary>Units of 10^-18 coin that a transaction redeemed for a standing order.</summary>
    public static UInt128 RedeemedIn(Receipt receipt, Address energyMarket) =>
        Of(receipt, energyMarket, BoughtRedeemed).Aggregate(
            UInt128.Zero, static (sum, log) => sum + ToBoughtRedeemed(log).Units);

    private static LogEntry FirstOf(Receipt receipt, Address energyMarket, byte[] topic) =>
        Of(receipt, energyMarket, topic).FirstOrDefault() ?? throw new FormatException(
            "The node answered with a receipt that lacks the event of what was done: ask "
                + "another one.");

    private static IEnumerable<LogEntry> Of(
        Receipt receipt, Address energyMarket, byte[] topic) => receipt.Logs.Where(log =>
        log.Emitter == energyMarket && TopicOf(log, 0).AsSpan().SequenceEqual(topic));

    private static byte[] TopicOf(LogEntry log, int place) => place < log.Topics.Count
        ? log.Topics[place]
        : throw new FormatException(
            "The node answered with an event that lacks a topic: ask another one.");

    private static MarketCredit Sum(IEnumerable<LogEntry> logs)
    {
        var (coins, money) = (UInt128.Zero, UInt128.Zero);
        foreach (var log in logs)
        {
            var amounts = new AbiReader(log.Content);
            coins += amounts.UInt128();
            money += amounts.UInt128();
        }

        return new MarketCredit(coins, money);
    }
}
