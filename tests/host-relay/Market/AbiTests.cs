using System.Reflection;
using System.Text.Json;
using Helios.Chain;
using Helios.LocalChain;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>
/// What is written here of the contract's functions, events and errors, against the contract as the
/// compiler describes it.
/// </summary>
public sealed class AbiTests : IDisposable
{
    // What nobody provokes by a command: its arguments, or the market itself, exclude them.
    private static readonly string[] ErrorsWithoutSentence =
    [
        "InvalidShortString", "MarketUnknown", "NoLots", "NotTheMarket", "PeriodLengthRefused",
        "ReentrancyGuardReentrantCall", "SafeERC20FailedOperation", "StringTooLong", "TicksRefused",
        "ValueDiffers", "ValueTooSmall",
    ];

    private static readonly Address Somebody = new([.. Enumerable.Repeat((byte)7, 20)]);

    private readonly JsonDocument _artifact = JsonDocument.Parse(File.ReadAllText(Path.Combine(
        ProjectFolder.Contracts(), "out", "EnergyMarket.sol", "EnergyMarket.json")));

    [Fact]
    public void Every_call_is_a_function_of_the_contract_with_as_many_words_as_it_takes()
    {
        var offer = new Offer(Somebody, default, 1, 2, 3, Somebody, 4, 5, default);
        (string Name, byte[] Calldata, int Words)[] calls =
        [
            ("createMarket", MarketCalls.CreateMarket(Somebody, 1, 2), 3),
            ("withdraw", MarketCalls.Withdraw(Somebody, Somebody), 2),
            ("withdrawCoins", MarketCalls.WithdrawCoins(Somebody, Somebody), 2),
            ("bid", MarketCalls.Bid(default, 1, 2, 3), 4),
            ("ask", MarketCalls.Ask(default, 1, 2, 3), 4),
            ("clear", MarketCalls.Clear(default, 1, 2), 3),
            ("settleOrder", MarketCalls.SettleOrder(default, new OrderNumber(1)), 2),
            ("buy", MarketCalls.Buy(offer, new byte[65], 1, 2, 3, 4), 9 + 5 + 4),
            ("cancelOffer", MarketCalls.CancelOffer(offer), 9),
            ("raiseEpoch", MarketCalls.RaiseEpoch(), 0),
            ("makeStandingSale", MarketCalls.MakeStandingSale(Somebody, default, 1), 3),
            (
                "makeStandingPurchase",
                MarketCalls.MakeStandingPurchase(Somebody, default, 1, 2, 3),
                5
            ),
            ("endStandingSale", MarketCalls.EndStandingSale(Somebody), 1),
            ("endStandingPurchase", MarketCalls.EndStandingPurchase(Somebody), 1),
            ("triggerSale", MarketCalls.TriggerSale(Somebody), 1),
            ("triggerPurchase", MarketCalls.TriggerPurchase(Somebody), 1),
            ("redeemBought", MarketCalls.RedeemBought(Somebody), 1),
            ("availableLotsOf", MarketCalls.AvailableLotsOf(offer, Somebody), 9 + 1),
        ];
        Assert.Equal(
            typeof(MarketCalls).GetMethods(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Count(static method => !method.IsPrivate),
            calls.Length);
        var functions = Functions();
        Assert.All(calls, call =>
        {
            var selector = Convert.ToHexStringLower(call.Calldata.AsSpan(0, 4));
            Assert.True(functions.TryGetValue(selector, out var signature), call.Name);
            Assert.StartsWith($"{call.Name}(", signature, StringComparison.Ordinal);
            Assert.Equal(4 + (32 * call.Words), call.Calldata.Length);
        });
    }

    [Fact]
    public void Every_view_is_a_function_of_the_contract()
    {
        var source = File.ReadAllText(Path.Combine(
            ProjectFolder.Contracts(), "..", "host-relay", "Chain", "Market",
            "EnergyMarketContract.cs"));
        string[] views = [.. source.Split("AbiWriter(\"").Skip(1)
            .Select(static rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])];
        Assert.True(views.Length >= 14);
        Assert.All(views, view => Assert.Contains(view, Functions().Values));
    }

    [Fact]
    public void Every_event_is_one_of_the_contract()
    {
        var topics = typeof(MarketEvents)
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(static field => field.FieldType == typeof(byte[]))
            .ToArray();
        Assert.NotEmpty(topics);
        var events = Of("event").ToDictionary(
            NameOf, one => Hex.Of(AbiWriter.HashOf(SignatureOf(one))));
        Assert.All(topics, topic =>
            Assert.Equal(events[topic.Name], Hex.Of((byte[])topic.GetValue(null)!)));
    }

    [Fact]
    public void What_is_read_of_an_event_stands_where_the_contract_puts_it()
    {
        var placed = MarketEvents.ToOrderPlaced(LogOf("OrderPlaced"));
        Assert.Equal(
            (Nth("OrderPlaced", "owner"), Nth("OrderPlaced", "order"), Nth("OrderPlaced", "lots")),
            (NumberOf(placed.Owner), (ulong)placed.Number.Value, placed.Lots));
        var settled = MarketEvents.ToOrderSettled(LogOf("OrderSettled"));
        Assert.Equal(
            (Nth("OrderSettled", "owner"), Nth("OrderSettled", "order"),
                Nth("OrderSettled", "filledLots")),
            (NumberOf(settled.Owner), (ulong)settled.Number.Value, settled.FilledLots));
        var cleared = MarketEvents.ToAuctionCleared(LogOf("AuctionCleared"));
        Assert.Equal(
            (Nth("AuctionCleared", "period"), Nth("AuctionCleared", "priceTicks"),
                Nth("AuctionCleared", "lots")),
            (cleared.Period, cleared.PriceTicks, cleared.Lots));
        var taken = MarketEvents.ToOfferTaken(LogOf("OfferTaken"));
        Assert.Equal(
            (Nth("OfferTaken", "seller"), Nth("OfferTaken", "buyer"), Nth("OfferTaken", "lots"),
                Nth("OfferTaken", "ticks")),
            (NumberOf(taken.Seller), NumberOf(taken.Buyer), taken.Lots, taken.Ticks));
        var redeemed = MarketEvents.ToBoughtRedeemed(LogOf("BoughtRedeemed"));
        Assert.Equal(
            (Nth("BoughtRedeemed", "meter"), Nth("BoughtRedeemed", "amount")),
            (NumberOf(redeemed.Meter), (ulong)redeemed.Units));
        var market = MarketEvents.ToMarket(LogOf("MarketCreated"));
        Assert.Equal(
            (Nth("MarketCreated", "token"), Nth("MarketCreated", "lotWh"),
                Nth("MarketCreated", "unitsPerTick")),
            (NumberOf(market.Token), market.LotWh, market.UnitsPerTick));
        Assert.All(["StandingSaleMade", "StandingPurchaseMade"], name => Assert.Equal(
            Nth(name, "meter"), NumberOf(MarketEvents.ToMeter(LogOf(name)))));
    }

    [Fact]
    public void What_is_read_of_a_view_stands_where_the_contract_puts_it()
    {
        var facts = MarketAnswers.ToMarket(default, AnswerOf("marketOf"));
        Assert.Equal(
            (Nth("marketOf", "token"), Nth("marketOf", "lotWh"), Nth("marketOf", "unitsPerTick")),
            (NumberOf(facts.Token), facts.LotWh, facts.UnitsPerTick));
        var credit = MarketAnswers.ToCredit(AnswerOf("creditOf"));
        Assert.Equal(
            (Nth("creditOf", "coins"), Nth("creditOf", "money")),
            ((ulong)credit.Coins, (ulong)credit.Money));
        var order = MarketAnswers.ToOrder(AnswerOf("orderOf"));
        Assert.Equal(
            (Nth("orderOf", "owner"), Nth("orderOf", "lots")),
            (NumberOf(order.Owner), order.Lots));
        var sale = MarketAnswers.ToSale(AnswerOf("saleOf"));
        Assert.Equal(
            (Nth("saleOf", "owner"), Nth("saleOf", "ticks"), Nth("saleOf", "market"),
                Nth("saleOf", "order"), Nth("saleOf", "orderLots")),
            (NumberOf(sale.Owner), sale.Ticks, sale.Market.ToArray()[^1],
                (ulong)sale.Order.Value, sale.OrderLots));
        var purchase = MarketAnswers.ToPurchase(AnswerOf("purchaseOf"));
        Assert.Equal(
            (Nth("purchaseOf", "owner"), Nth("purchaseOf", "ticks"), Nth("purchaseOf", "keepWh"),
                Nth("purchaseOf", "market"), Nth("purchaseOf", "order"),
                Nth("purchaseOf", "orderLots"), Nth("purchaseOf", "boughtWh"),
                Nth("purchaseOf", "dailyWh")),
            (NumberOf(purchase.Owner), purchase.Ticks, purchase.KeepWh,
                purchase.Market.ToArray()[^1], (ulong)purchase.Order.Value, purchase.OrderLots,
                purchase.BoughtWh, purchase.DailyWh));

        // Of demand and supply at the price the smaller one moves.
        var auction = MarketAnswers.ToAuction(AnswerOf("auctionOf", isTrue: "isCleared"));
        Assert.Equal(
            (true, Nth("auctionOf", "priceTicks"),
                Math.Min(Nth("auctionOf", "bestDemand"), Nth("auctionOf", "bestSupply"))),
            (auction.IsCleared, auction.PriceTicks, auction.Lots));
    }

    [Fact]
    public void Every_error_that_a_person_can_provoke_is_a_sentence()
    {
        var silent = Of("error")
            .Where(one => MarketErrors.ToSentence(
                [.. AbiWriter.SelectorOf(SignatureOf(one)), .. new byte[3 * 32]]) is null)
            .Select(NameOf);
        Assert.Equal(ErrorsWithoutSentence, silent.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _artifact.Dispose();

    private static string NameOf(JsonElement one) => one.GetProperty("name").GetString()!;

    private static string SignatureOf(JsonElement one) => $"{NameOf(one)}("
        + string.Join(',', Inputs(one).Select(
            static input => input.GetProperty("type").GetString())) + ")";

    private static JsonElement[] Inputs(JsonElement one) =>
        [.. one.GetProperty("inputs").EnumerateArray()];

    private static ulong NumberOf(Address address) => address.ToArray()[^1];

    private Dictionary<string, string> Functions() => _artifact.RootElement
        .GetProperty("methodIdentifiers").EnumerateObject()
        .ToDictionary(static one => one.Value.GetString()!, static one => one.Name);

    private IEnumerable<JsonElement> Of(string type) => _artifact.RootElement
        .GetProperty("abi").EnumerateArray()
        .Where(one => one.GetProperty("type").ValueEquals(type));

    private JsonElement One(string name) => _artifact.RootElement
        .GetProperty("abi").EnumerateArray().Single(one =>
            one.TryGetProperty("name", out var its) && its.ValueEquals(name));

    // Arguments of an event, or what a view answers with: values, or the fields of one struct.
    private JsonElement[] PartsOf(string name)
    {
        if (!One(name).TryGetProperty("outputs", out var outputs))
        {
            return Inputs(One(name));
        }

        return outputs[0].TryGetProperty("components", out var fields)
            ? [.. fields.EnumerateArray()]
            : [.. outputs.EnumerateArray()];
    }

    // Each has its place as its value: 1, 2, and so on.
    private ulong Nth(string name, string part) => 1 + (ulong)Array.FindIndex(
        PartsOf(name), one => one.GetProperty("name").ValueEquals(part));

    private byte[] AnswerOf(string view, string isTrue = "") =>
        [.. PartsOf(view).SelectMany((field, i) => AbiWriter.ToWord((UInt128)(uint)(
            !field.GetProperty("type").ValueEquals("bool") ? i + 1
            : field.GetProperty("name").ValueEquals(isTrue) ? 1
            : 0)))];

    private LogEntry LogOf(string name)
    {
        var inputs = PartsOf(name).Select((input, i) => (
            IsIndexed: input.GetProperty("indexed").GetBoolean(),
            Word: AbiWriter.ToWord((UInt128)(uint)(i + 1)))).ToLookup(
                static one => one.IsIndexed, static one => one.Word);
        return new LogEntry(
            Somebody,
            [AbiWriter.HashOf(SignatureOf(One(name))), .. inputs[true]],
            [.. inputs[false].SelectMany(static word => word)],
            BlockNumber: 1);
    }
}
