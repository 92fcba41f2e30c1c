using Helios.Boards.Virtual.Trade;

namespace Helios.Tests.Boards;

public sealed class TradePlanTests
{
    private const ulong LotWh = 100;
    private const ulong MaxOpenWh = 100_000;

    [Fact]
    public void A_producer_asks_for_every_whole_lot_that_he_has()
    {
        Account[] accounts = [Producer(0, 2_550), Producer(1, 99), Producer(7, 100)];

        Assert.Equal(
            [new(0, ErrandKind.Ask, 25, 80), new(7, ErrandKind.Ask, 1, 100)], Plan(accounts));
    }

    [Theory]
    [InlineData(2_000, 9_000, 0)] // enough is left
    [InlineData(1_999, 9_000, 3_001)]
    [InlineData(0, 9_000, 5_000)]
    [InlineData(0, 700, 700)] // what there is
    [InlineData(0, 0, 0)]
    public void A_consumer_redeems_when_little_is_left(
        ulong restWh, ulong balanceWh, ulong redeemedWh) =>
        Assert.Equal(
            redeemedWh,
            Amount(new Account(0, true, balanceWh, restWh, OpenWh: restWh), ErrandKind.Redeem));

    [Theory]
    [InlineData(95_000, 5_000)]
    [InlineData(99_000, 1_000)]
    [InlineData(100_000, 0)]
    [InlineData(100_001, 0)]
    public void A_consumer_leaves_no_more_open_than_his_meter_accepts(
        ulong openWh, ulong redeemedWh) =>
        Assert.Equal(
            redeemedWh,
            Amount(new Account(0, true, 9_000, RestWh: 0, openWh), ErrandKind.Redeem));

    [Theory]
    [InlineData(0, 0, 150, 50)]
    [InlineData(3_000, 9_050, 29, 50)] // coins and what is left count alike
    [InlineData(4_000, 11_000, 0, 50)]
    [InlineData(5_000, 14_000, 0, 10)]
    [InlineData(5_000, 14_001, 0, 0)] // too little lacks
    [InlineData(5_000, 90_000, 0, 0)]
    public void A_consumer_bids_high_for_what_he_needs_and_low_for_a_stock(
        ulong restWh, ulong balanceWh, ulong neededLots, ulong stockLots)
    {
        var errands = Plan([new Account(3, true, balanceWh, restWh, restWh)]);

        Assert.Equal(
            [(TradePlan.NeedTicks, neededLots), (TradePlan.StockTicks, stockLots)],
            new[] { TradePlan.NeedTicks, TradePlan.StockTicks }.Select(ticks => (
                ticks,
                errands.SingleOrDefault(
                    one => one.Kind == ErrandKind.Bid && one.Ticks == ticks)?.Amount ?? 0)));
    }

    private static ulong Amount(Account account, ErrandKind kind) =>
        Plan([account]).SingleOrDefault(errand => errand.Kind == kind)?.Amount ?? 0;

    private static IReadOnlyList<Errand> Plan(Account[] accounts) =>
        TradePlan.Of(accounts, LotWh, MaxOpenWh);

    private static Account Producer(int house, ulong balanceWh) =>
        new(house, false, balanceWh, 0, 0);
}
