using Helios.Boards.Virtual.Books;

namespace Helios.Tests.Boards;

/// <summary>
/// A market of lots of 100 Wh and ticks of 100 units, in which two auctions moved 7 lots at 250
/// ticks and 3 at 90, and somebody bought 2 lots of a signed offer at 300.
/// </summary>
public sealed class TradeReconciliationTests
{
    private const ulong UnitsPerWh = 1_000_000_000_000_000;
    private const ulong Paid = ((7 * 250) + (3 * 90) + (2 * 300)) * 100;

    private static readonly Terms Terms = new(
        ImpulsesPerKwh: 1000, WhPerCoin: 1000, RatedPowerW: 10_000);

    private static readonly RegisterBooks Nothing = Passed(0);

    // Of 3 coins 1,200 Wh are sold, 1,000 Wh held, 500 Wh credited, 300 Wh in an ask of today.
    private static readonly MeterBooks Producer = new()
    {
        Meter = "0xseller",
        Owner = "0xowner",
        Assurance = 0,
        Series = "",
        Export = Passed(3_000),
        Import = Nothing,
        EnrolledExportWh = 0,
        ReadingsSigned = 3,
        ReadingsStored = 3,
        ReadingsAccepted = 3,
        CoinsMinted = 3,
        Wallet = new WalletBooks
        {
            SoldWh = 1_200,
            BoughtWh = 0,
            RedeemedWh = 0,
            BalanceUnits = 1_000 * (UInt128)UnitsPerWh,
            CreditedUnits = 500 * (UInt128)UnitsPerWh,
            EscrowedUnits = 300 * (UInt128)UnitsPerWh,
        },
        Money = MoneyBooks.None with
        {
            ReceivedUnits = Paid,
            BalanceUnits = 2_000,
            CreditedUnits = Paid - 2_000,
        },
        Supply = null,
    };

    private static readonly MeterBooks Consumer = Producer with
    {
        Meter = "0xbuyer",
        Export = Nothing,
        CoinsMinted = 0,
        Wallet = new WalletBooks
        {
            SoldWh = 0,
            BoughtWh = 1_200,
            RedeemedWh = 0,
            BalanceUnits = 700 * (UInt128)UnitsPerWh,
            CreditedUnits = 500 * (UInt128)UnitsPerWh,
            EscrowedUnits = 0,
        },
        Money = MoneyBooks.None with
        {
            IssuedUnits = 1_000_000,
            PaidUnits = Paid,
            BalanceUnits = 1_000_000 - Paid - 40_000,
            CreditedUnits = 10_000,
            EscrowedUnits = 30_000,
        },
    };

    private static readonly AuctionBooks Auction = new()
    {
        Period = 5,
        PriceTicks = 250,
        Lots = 7,
        BidLots = 7,
        AskLots = 7,
        LowestBidTicks = 250,
        HighestAskTicks = 120,
    };

    private static readonly TradeBooks Trade = new()
    {
        LotWh = 100,
        UnitsPerTick = 100,
        Auctions =
        [
            Auction,
            Auction with
            {
                Period = 6,
                PriceTicks = 90,
                Lots = 3,
                BidLots = 3,
                AskLots = 3,
                LowestBidTicks = 300,
                HighestAskTicks = 90,
            },
            Auction with
            {
                Period = 7,
                PriceTicks = 0,
                Lots = 0,
                BidLots = 0,
                AskLots = 0,
                LowestBidTicks = 0,
                HighestAskTicks = 0,
            },
        ],
        OffersPaidUnits = 2 * 300 * 100,
        Coins = new HeldBooks
        {
            InUnits = 2_000 * (UInt128)UnitsPerWh,
            OutUnits = 700 * (UInt128)UnitsPerWh,
            BalanceUnits = 1_300 * (UInt128)UnitsPerWh,
        },
        Money = new HeldBooks
        {
            InUnits = Paid + 40_000,
            OutUnits = 2_000,
            BalanceUnits = Paid + 38_000,
        },
        IssuedUnits = 1_000_000,
    };

    public static TheoryData<string, MeterBooks> MeterFlaws => new()
    {
        {
            $"0xbuyer: units issued and received are 1000000, but units held, credited, escrowed "
                + "and paid 999999",
            WithMoney(Consumer.Money with { BalanceUnits = Consumer.Money.BalanceUnits - 1 })
        },
        {
            "0xbuyer: units issued and received are 999999",
            WithMoney(Consumer.Money with { IssuedUnits = 999_999 })
        },
        {
            "escrowed and paid 1000001",
            WithMoney(Consumer.Money with { CreditedUnits = 10_001 })
        },
        {
            "escrowed and paid 999999",
            WithMoney(Consumer.Money with { EscrowedUnits = 29_999 })
        },
        {
            $"all: units paid are {Paid - 1}, but units received {Paid}",
            WithMoney(Consumer.Money with { PaidUnits = Paid - 1 })
        },
        {
            $"all: units paid are {Paid - 1}, but units of what moved at its price {Paid}",
            WithMoney(Consumer.Money with { PaidUnits = Paid - 1 })
        },
        {
            "all: Wh sold are 1200, but Wh bought 1100",
            Consumer with { Wallet = Consumer.Wallet with { BoughtWh = 1_100 } }
        },
        {
            "all: units issued are 1000000, but units in wallets and of the market 999999",
            WithMoney(Consumer.Money with { BalanceUnits = Consumer.Money.BalanceUnits - 1 })
        },
    };

    public static TheoryData<string, AuctionBooks> AuctionFlaws => new()
    {
        { "auction 5: lots bought are 6, but lots moved 7", Auction with { BidLots = 6 } },
        { "auction 5: lots sold are 8, but lots moved 7", Auction with { AskLots = 8 } },
        {
            "auction 5: ticks of the price are 250, above the limit of a bid that bought 249",
            Auction with { LowestBidTicks = 249 }
        },
        {
            "auction 5: ticks of the limit of an ask that sold are 251, above the price 250",
            Auction with { HighestAskTicks = 251 }
        },
        {
            $"all: units paid are {Paid}, but units of what moved at its price {Paid + 700}",
            Auction with { PriceTicks = 251, LowestBidTicks = 251 }
        },
    };

    public static TheoryData<string, TradeBooks> MarketFlaws => new()
    {
        {
            "market: coins that came are 2000000000000000001, but coins that left, in escrow and "
                + "credited 2000000000000000000",
            Trade with { Coins = Trade.Coins with { InUnits = Trade.Coins.InUnits + 1 } }
        },
        {
            "in escrow and credited 2000000000000000001",
            Trade with { Coins = Trade.Coins with { OutUnits = Trade.Coins.OutUnits + 1 } }
        },
        {
            "market: coins held are 1299999999999999999, but coins in escrow and credited "
                + "1300000000000000000",
            Trade with { Coins = Trade.Coins with { BalanceUnits = Trade.Coins.BalanceUnits - 1 } }
        },
        {
            $"market: units that came are {Paid + 39_999}, but units that left, in escrow and "
                + $"credited {Paid + 40_000}",
            Trade with { Money = Trade.Money with { InUnits = Paid + 39_999 } }
        },
        {
            $"market: units held are {Paid + 37_999}, but units in escrow and credited "
                + $"{Paid + 38_000}",
            Trade with { Money = Trade.Money with { BalanceUnits = Paid + 37_999 } }
        },
        { "all: units issued are 1000001, but", Trade with { IssuedUnits = 1_000_001 } },
    };

    [Fact]
    public void Finds_nothing_in_sound_books() => Assert.Empty(Found(Consumer, Trade));

    [Theory]
    [MemberData(nameof(MeterFlaws))]
    public void Names_each_difference_of_who_trades(string expected, MeterBooks flawed) =>
        AssertNamed(expected, Found(flawed, Trade));

    [Theory]
    [MemberData(nameof(AuctionFlaws))]
    public void Names_each_difference_of_an_auction(string expected, AuctionBooks flawed) =>
        AssertNamed(expected, Found(
            Consumer, Trade with { Auctions = [flawed, .. Trade.Auctions.Skip(1)] }));

    [Theory]
    [MemberData(nameof(MarketFlaws))]
    public void Names_each_difference_of_the_market(string expected, TradeBooks flawed) =>
        AssertNamed(expected, Found(Consumer, flawed));

    [Fact]
    public void Names_coins_of_the_market_that_are_no_part_of_the_supply()
    {
        var flawed = Trade with
        {
            Coins = Trade.Coins with { BalanceUnits = Trade.Coins.BalanceUnits + 1 },
        };

        AssertNamed(
            "all: coins in wallets, escrow and market are 3000000000000000001, but supply",
            Found(Consumer, flawed));
    }

    private static void AssertNamed(string expected, IReadOnlyList<string> found) =>
        Assert.Contains(
            found, difference => difference.Contains(expected, StringComparison.Ordinal));

    private static IReadOnlyList<string> Found(MeterBooks consumer, TradeBooks trade) =>
        Reconciliation.DifferencesIn(
            [Producer, consumer],
            new CoinBooks
            {
                SupplyUnits = 3_000 * (UInt128)UnitsPerWh,
                BurnedUnits = 0,
                EscrowedUnits = 0,
                HeldUnits = 0,
            },
            trade,
            Terms);

    private static MeterBooks WithMoney(MoneyBooks money) => Consumer with { Money = money };

    private static RegisterBooks Passed(ulong wh) => new()
    {
        ImpulsesExpected = (long)wh,
        ImpulsesMade = (long)wh,
        ImpulsesCounted = (long)wh,
        CountedWh = wh,
        SignedWh = wh,
        AcceptedWh = wh,
    };
}
