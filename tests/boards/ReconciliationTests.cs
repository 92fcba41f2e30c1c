using Helios.Boards.Virtual.Books;

namespace Helios.Tests.Boards;

public sealed class ReconciliationTests
{
    private static readonly Terms Terms = new(
        ImpulsesPerKwh: 2000, WhPerCoin: 100, RatedPowerW: 10_000);

    // 2,501 impulses are 1,250 Wh; enrolled at 30 Wh, the last whole coin stands at 1,230 Wh.
    private static readonly RegisterBooks Export = new()
    {
        ImpulsesExpected = 2501,
        ImpulsesMade = 2501,
        ImpulsesCounted = 2501,
        CountedWh = 1250,
        SignedWh = 1230,
        AcceptedWh = 1230,
    };

    private static readonly RegisterBooks Import = new()
    {
        ImpulsesExpected = 9,
        ImpulsesMade = 9,
        ImpulsesCounted = 9,
        CountedWh = 4,
        SignedWh = 3,
        AcceptedWh = 2,
    };

    private static readonly MeterBooks Sound = new()
    {
        Meter = "0xmeter",
        Owner = "0xowner",
        Series = "",
        Assurance = 0,
        Export = Export,
        Import = Import,
        EnrolledExportWh = 30,
        ReadingsSigned = 12,
        ReadingsStored = 12,
        ReadingsAccepted = 3,
        CoinsMinted = 12,
        Wallet = new WalletBooks
        {
            SoldWh = 500,
            BoughtWh = 0,
            RedeemedWh = 0,
            BalanceUnits = Units(4),
            CreditedUnits = Units(2),
            EscrowedUnits = Units(1),
        },
        Money = MoneyBooks.None,
        Supply = null,
    };

    public static TheoryData<string, MeterBooks> Flaws => new()
    {
        { "impulses made are 2500", Sound with { Export = Export with { ImpulsesMade = 2500 } } },
        { "impulses counted 2502", Sound with { Export = Export with { ImpulsesCounted = 2502 } } },
        { "Wh in the register 1251", Sound with { Export = Export with { CountedWh = 1251 } } },
        { "Wh signed 1130", Sound with { Export = Export with { SignedWh = 1130 } } },
        { "Wh accepted 1130", Sound with { Export = Export with { AcceptedWh = 1130 } } },
        { "impulses counted 8", Sound with { Import = Import with { ImpulsesCounted = 8 } } },
        { "Wh signed are 5, above", Sound with { Import = Import with { SignedWh = 5 } } },
        { "Wh accepted are 4, above", Sound with { Import = Import with { AcceptedWh = 4 } } },
        { "coins minted 13", Sound with { CoinsMinted = 13 } },
        {
            "coins earned, bought and refunded are 12000000000000000000, but coins held, credited, "
                + "escrowed, sold and redeemed 11999999999999999999",
            Sound with { Wallet = Sound.Wallet with { BalanceUnits = Units(4) - 1 } }
        },
        {
            "sold and redeemed 12000000000000000001",
            Sound with { Wallet = Sound.Wallet with { CreditedUnits = Units(2) + 1 } }
        },
        {
            "sold and redeemed 12000000000000000001",
            Sound with { Wallet = Sound.Wallet with { EscrowedUnits = Units(1) + 1 } }
        },
    };

    [Fact]
    public void Finds_nothing_in_sound_books() =>
        Assert.Empty(Reconciliation.DifferencesIn([Sound, Buyer], CoinsOf(24), Trade, Terms));

    [Theory]
    [MemberData(nameof(Flaws))]
    public void Names_each_difference_and_its_meter(string expected, MeterBooks flawed)
    {
        var found = Reconciliation.DifferencesIn([flawed], CoinsOf(12), trade: null, Terms);

        Assert.Contains(
            found,
            difference => difference.StartsWith("0xmeter", StringComparison.Ordinal)
                && difference.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_a_supply_that_nobody_earned()
    {
        var found = Reconciliation.DifferencesIn([Sound, Buyer], CoinsOf(25), Trade, Terms);

        Assert.StartsWith("all: coins minted", found[0]);
    }

    [Theory]
    [InlineData(0, 99, 0)]
    [InlineData(0, 100, 1)]
    [InlineData(30, 129, 0)]
    [InlineData(30, 130, 1)]
    [InlineData(100, 299, 1)]
    public void A_coin_is_earned_for_each_whole_unit_since_enrolment(
        ulong enrolledWh, ulong acceptedWh, ulong coins) =>
        Assert.Equal(coins, Reconciliation.CoinsByFormula(enrolledWh, acceptedWh, 100));

    private static MeterBooks Buyer => Sound with
    {
        Wallet = Sound.Wallet with { SoldWh = 0, BoughtWh = 500, BalanceUnits = Units(14) },
    };

    private static TradeBooks Trade => new()
    {
        LotWh = 100,
        UnitsPerTick = 1,
        Auctions = [],
        OffersPaidUnits = 0,
        Coins = new HeldBooks
        {
            InUnits = Units(6),
            OutUnits = 0,
            BalanceUnits = Units(6),
        },
        Money = new HeldBooks { InUnits = 0, OutUnits = 0, BalanceUnits = 0 },
        IssuedUnits = 0,
    };

    private static CoinBooks CoinsOf(ulong coins) => new()
    {
        SupplyUnits = Units(coins),
        BurnedUnits = 0,
        EscrowedUnits = 0,
        HeldUnits = 0,
    };

    private static UInt128 Units(ulong coins) => (UInt128)coins * 1_000_000_000_000_000_000;
}
