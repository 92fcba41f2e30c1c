using Helios.Boards.Virtual.Books;

namespace Helios.Tests.Boards;

public sealed class SupplyReconciliationTests
{
    // A coin is a kilowatt-hour, and a watt-hour 10^15 units of it.
    private const ulong UnitsPerWh = 1_000_000_000_000_000;

    private static readonly Terms Terms = new(
        ImpulsesPerKwh: 1000, WhPerCoin: 1000, RatedPowerW: 10_000);

    private static readonly RegisterBooks Nothing = new()
    {
        ImpulsesExpected = 0,
        ImpulsesMade = 0,
        ImpulsesCounted = 0,
        CountedWh = 0,
        SignedWh = 0,
        AcceptedWh = 0,
    };

    // Enrolled at 40 Wh; of 5,000 Wh redeemed 3,210 were delivered, 1,500 given back; 290 are open.
    private static readonly SupplyBooks Supply = new()
    {
        EnrolledWh = 40,
        AuthorisedWh = 5_040,
        OrderedWh = 5_040,
        ReturnedWh = 1_500,
        ReturnedAcceptedWh = 1_500,
        RedeemedWh = 5_000,
        SettledWh = 3_210,
        RefundedWh = 1_500,
        OpenWh = 290,
        DebtWh = 0,
    };

    private static readonly MeterBooks Consumer = new()
    {
        Meter = "0xmeter",
        Owner = "0xowner",
        Series = "",
        Assurance = 0,
        Export = Nothing,
        Import = Passed(3_250),
        EnrolledExportWh = 0,
        ReadingsSigned = 3,
        ReadingsStored = 3,
        ReadingsAccepted = 2,
        CoinsMinted = 0,
        Wallet = new WalletBooks
        {
            SoldWh = 0,
            BoughtWh = 7_000,
            RedeemedWh = 5_000,
            BalanceUnits = 3_500 * (UInt128)UnitsPerWh,
            CreditedUnits = 0,
            EscrowedUnits = 0,
        },
        Money = MoneyBooks.None,
        Supply = Supply,
    };

    private static readonly MeterBooks Producer = Consumer with
    {
        Meter = "0xother",
        Export = Passed(8_000),
        Import = Nothing,
        CoinsMinted = 8,
        Wallet = new WalletBooks
        {
            SoldWh = 7_000,
            BoughtWh = 0,
            RedeemedWh = 0,
            BalanceUnits = 1_000 * (UInt128)UnitsPerWh,
            CreditedUnits = 0,
            EscrowedUnits = 0,
        },
        Supply = null,
    };

    private static readonly CoinBooks Coins = new()
    {
        SupplyUnits = 4_790 * (UInt128)UnitsPerWh,
        BurnedUnits = 3_210 * (UInt128)UnitsPerWh,
        EscrowedUnits = 290 * (UInt128)UnitsPerWh,
        HeldUnits = 290 * (UInt128)UnitsPerWh,
    };

    public static TheoryData<string, MeterBooks> MeterFlaws => new()
    {
        {
            "import: impulses of the energy are 3251, but impulses made 3250",
            With(import: Consumer.Import with { ImpulsesExpected = 3_251 })
        },
        { "import: Wh signed are 3249", With(import: Consumer.Import with { SignedWh = 3_249 }) },
        { "but Wh accepted 3249", With(import: Consumer.Import with { AcceptedWh = 3_249 }) },
        {
            "Wh authorised and in debt are 5041, but Wh delivered, returned and open 5040",
            With(Supply with { AuthorisedWh = 5_041 })
        },
        {
            "Wh at enrolment and redeemed are 5040, but Wh authorised 5041",
            With(Supply with { AuthorisedWh = 5_041 })
        },
        {
            "Wh authorised and in debt are 5040, but Wh delivered, returned and open 5041",
            With(Supply with { OpenWh = 291 })
        },
        {
            "Wh delivered since enrolment are 3210, but Wh settled and in debt 3209",
            With(Supply with { SettledWh = 3_209 })
        },
        { "Wh in debt are 8, above the overshoot", With(Supply with { DebtWh = 8 }) },
        { "Wh ordered 5039", With(Supply with { OrderedWh = 5_039 }) },
        { "Wh returned and accepted 0", With(Supply with { ReturnedAcceptedWh = 0 }) },
        { "Wh refunded 1499", With(Supply with { RefundedWh = 1_499 }) },
        {
            "Wh settled, refunded and open are 5000, but Wh redeemed 4999",
            With(Supply with { RedeemedWh = 4_999 })
        },
        {
            "Wh that the owner and the market sent are 4999, but Wh redeemed 5000",
            With(wallet: Consumer.Wallet with { RedeemedWh = 4_999 })
        },
    };

    public static TheoryData<string, CoinBooks> CoinFlaws => new()
    {
        { "coins minted", Coins with { SupplyUnits = Coins.SupplyUnits + 1 } },
        {
            "coins in wallets, escrow and market",
            Coins with { SupplyUnits = Coins.SupplyUnits - 1 }
        },
        { "coins burned are", Coins with { BurnedUnits = Coins.BurnedUnits + UnitsPerWh } },
        {
            "coins burned, refunded and escrowed",
            Coins with { EscrowedUnits = Coins.EscrowedUnits - 1 }
        },
        { "but coins of Redemptions", Coins with { HeldUnits = Coins.HeldUnits + 1 } },
    };

    [Fact]
    public void Finds_nothing_in_sound_books() =>
        Assert.Empty(
            Reconciliation.DifferencesIn([Producer, Consumer], Coins, trade: null, Terms));

    [Fact]
    public void An_overshoot_is_a_debt_and_no_difference()
    {
        // 10 kW for 2.15 s are 5.97 Wh, and an impulse is one more.
        var overshot = With(
            Supply with
            {
                ReturnedWh = 0,
                ReturnedAcceptedWh = 0,
                SettledWh = 5_000,
                RefundedWh = 0,
                OpenWh = 0,
                DebtWh = 7,
            },
            Passed(5_047),
            Consumer.Wallet with { BalanceUnits = 2_000 * (UInt128)UnitsPerWh });
        var coins = Coins with
        {
            SupplyUnits = 3_000 * (UInt128)UnitsPerWh,
            BurnedUnits = 5_000 * (UInt128)UnitsPerWh,
            EscrowedUnits = 0,
            HeldUnits = 0,
        };

        Assert.Empty(
            Reconciliation.DifferencesIn([Producer, overshot], coins, trade: null, Terms));
    }

    [Theory]
    [MemberData(nameof(MeterFlaws))]
    public void Names_each_difference_of_a_consumer(string expected, MeterBooks flawed)
    {
        var found = Reconciliation.DifferencesIn([Producer, flawed], Coins, trade: null, Terms);

        Assert.Contains(
            found,
            difference => difference.StartsWith("0xmeter", StringComparison.Ordinal)
                && difference.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CoinFlaws))]
    public void Names_each_difference_of_all_coins(string expected, CoinBooks flawed)
    {
        var found = Reconciliation.DifferencesIn(
            [Producer, Consumer], flawed, trade: null, Terms);

        Assert.Contains(
            found, difference => difference.Contains(expected, StringComparison.Ordinal));
        Assert.All(found, difference => Assert.StartsWith("all: ", difference));
    }

    private static RegisterBooks Passed(ulong wh) => new()
    {
        ImpulsesExpected = (long)wh,
        ImpulsesMade = (long)wh,
        ImpulsesCounted = (long)wh,
        CountedWh = wh,
        SignedWh = wh,
        AcceptedWh = wh,
    };

    private static MeterBooks With(
        SupplyBooks? supply = null, RegisterBooks? import = null, WalletBooks? wallet = null) =>
        Consumer with
        {
            Supply = supply ?? Supply,
            Import = import ?? Consumer.Import,
            Wallet = wallet ?? Consumer.Wallet,
        };
}
