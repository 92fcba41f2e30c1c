using Helios.Boards.Virtual.Trade;

namespace Helios.Tests.Boards;

public sealed class TradePlanTests
{
    private const ulong WhPerCoin = 1000;
    private const ulong MaxOpenWh = 100_000;

    [Fact]
    public void Producers_sell_whole_coins_to_each_consumer_in_turn()
    {
        Account[] accounts = [Producer(2_500), Producer(999), Producer(1_000), Full(), Full()];

        Assert.Equal([new(0, 3, 2_000), new(2, 3, 1_000)], Plan(accounts, round: 0));
        Assert.Equal([new(0, 4, 2_000), new(2, 4, 1_000)], Plan(accounts, round: 1));
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
            redeemedWh, RedeemedWh(new Account(true, balanceWh, restWh, OpenWh: restWh)));

    [Theory]
    [InlineData(95_000, 5_000)]
    [InlineData(99_000, 1_000)]
    [InlineData(100_000, 0)]
    [InlineData(100_001, 0)]
    public void A_consumer_leaves_no_more_open_than_his_meter_accepts(
        ulong openWh, ulong redeemedWh) =>
        Assert.Equal(redeemedWh, RedeemedWh(new Account(true, 9_000, RestWh: 0, openWh)));

    private static ulong RedeemedWh(Account account)
    {
        var transfers = Plan([account], round: 0);
        Assert.All(transfers, transfer => Assert.Null(transfer.To));
        return transfers.Count == 0 ? 0 : transfers.Single().Wh;
    }

    private static IReadOnlyList<Transfer> Plan(Account[] accounts, int round) =>
        TradePlan.Of(accounts, round, WhPerCoin, MaxOpenWh);

    private static Account Producer(ulong balanceWh) => new(false, balanceWh, 0, 0);

    private static Account Full() => new(true, 0, TradePlan.FullWh, TradePlan.FullWh);
}
