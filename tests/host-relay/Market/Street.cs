using Helios.Chain;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>
/// A producer and a consumer with standing orders in a market whose token is the consumer's money.
/// </summary>
internal sealed class Street
{
    private const ulong EarnedWhPerPeriod = 700;
    private const ulong KeepWh = 2_000;
    private const ushort LimitTicks = 300;

    private static readonly UInt128 UnitsPerWh = CoinContract.UnitsPerCoin / 100;

    private readonly MarketBench _bench;
    private readonly TokenContract _token;
    private readonly RedemptionsContract _redemptions;
    private readonly UInt128 _money;

    private Street(
        MarketBench bench, Trader producer, Trader consumer, TokenContract token,
        MarketFacts market, RedemptionsContract redemptions, UInt128 money)
    {
        (_bench, Producer, Consumer, _token) = (bench, producer, consumer, token);
        (Market, _redemptions, _money) = (market, redemptions, money);
    }

    public Trader Producer { get; }

    public Trader Consumer { get; }

    public MarketFacts Market { get; }

    public static async Task<Street> MoveInAsync(MarketBench bench)
    {
        var ct = TestContext.Current.CancellationToken;
        var (producer, consumer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        var token = new TokenContract(
            bench.Deployment.Node, await bench.TokenForAsync(consumer));
        var market = await bench.MakeMarketAsync(token.Address);
        var (sells, buys) = (producer.Meter.Address, consumer.Meter.Address);
        var redemptions = new RedemptionsContract(
            bench.Deployment.Node,
            await bench.Contract.RedemptionsAsync(ct),
            bench.Deployment.Ledger.Address);

        await producer.SendAsync(
            bench.EnergyMarket, MarketCalls.MakeStandingSale(sells, market.Id, 200));
        await producer.SendAsync(
            bench.Coin, TokenContract.Approve(bench.EnergyMarket, UInt128.MaxValue));
        await consumer.SendAsync(
            bench.EnergyMarket,
            MarketCalls.MakeStandingPurchase(buys, market.Id, LimitTicks, KeepWh, 100_000));
        await consumer.SendAsync(
            token.Address, TokenContract.Approve(bench.EnergyMarket, UInt128.MaxValue));
        await consumer.SendAsync(
            redemptions.Address,
            RedemptionCalls.ApprovePayer(buys, bench.EnergyMarket, isApproved: true));
        await bench.NextPeriodAsync();
        return new Street(
            bench, producer, consumer, token, market, redemptions,
            await token.BalanceOfAsync(consumer.Address, ct));
    }

    public MarketOptions Options(Trader keeper) =>
        _bench.Options(keeper) with { Market = Market.Id };

    /// <summary>One more period's energy is fed out, and what was bought is used.</summary>
    public async Task LiveAsync(ulong period)
    {
        await Producer.RecordAsync(period * EarnedWhPerPeriod);
        await Consumer.RecordAsync(0, await RedeemedWhAsync());
    }

    /// <summary>The consumer's bids of a lot each, at a price at which nobody sells.</summary>
    public async Task FloodAsync(int bids)
    {
        var period = await _bench.PeriodAsync();
        for (var i = 0; i < bids; i++)
        {
            await Consumer.SendAsync(
                _bench.EnergyMarket, MarketCalls.Bid(Market.Id, period, lots: 1, ticks: 1));
        }
    }

    /// <summary>The auctions that the standing purchase entered.</summary>
    public async Task<IReadOnlyList<uint>> EnteredAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var placed = await SearchAsync(MarketEvents.OrderPlaced, MarketEvents.ToOrderPlaced, ct);
        return [.. placed
            .Where(static order => order.Number.Ticks == LimitTicks)
            .Select(static order => order.Number.Period)];
    }

    public async Task<ulong> RedeemedWhAsync() => (await _redemptions.AccountOfAsync(
        Consumer.Meter.Address, TestContext.Current.CancellationToken)).RedeemedWh;

    /// <summary>
    /// Once every cleared order is settled: paid = received to the smallest unit, bought = sold to
    /// the watt-hour, and the market holds exactly what it owes.
    /// </summary>
    public async Task AddsUpAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var (sold, bought) = (
            await _bench.Contract.CreditOfAsync(_token.Address, Producer.Address, ct),
            await _bench.Contract.CreditOfAsync(_token.Address, Consumer.Address, ct));
        var (money, coins) = (
            await _token.BalanceOfAsync(_bench.EnergyMarket, ct),
            await _bench.CoinsOfAsync(_bench.EnergyMarket));
        var (moneyInEscrow, coinsInEscrow) = await EscrowAsync(ct);
        var (paid, soldLots) = await TradedAsync(ct);
        var redeemed = (UInt128)await RedeemedWhAsync() * UnitsPerWh;
        var minted = await _bench.Deployment.Ledger.MintedOfAsync(Producer.Meter.Address, ct);

        Assert.Equal(_money, await _token.BalanceOfAsync(Consumer.Address, ct) + money);
        Assert.Equal(money, sold.Money + bought.Money + moneyInEscrow);
        Assert.Equal(paid, sold.Money);
        Assert.Equal(coins, sold.Coins + bought.Coins + coinsInEscrow);
        Assert.Equal(UnitsOf(soldLots), redeemed + bought.Coins);
        Assert.Equal(
            (UInt128)minted * CoinContract.UnitsPerCoin,
            await _bench.CoinsOfAsync(Producer.Address) + coins + redeemed);
    }

    private static UInt128 UnitsOf(ulong lots) => (UInt128)lots * MarketBench.LotWh * UnitsPerWh;

    private async Task<(UInt128 Money, UInt128 Coins)> EscrowAsync(CancellationToken ct)
    {
        var placed = await SearchAsync(
            MarketEvents.OrderPlaced, MarketEvents.ToOrderPlaced, ct);
        var orders = await _bench.Contract.OrdersOfAsync(
            Market.Id, [.. placed.Select(static one => one.Number)], ct);
        var (money, coins) = (UInt128.Zero, UInt128.Zero);
        foreach (var (order, lots) in placed.Zip(orders, static (a, b) => (a.Number, b.Lots)))
        {
            money += order.IsBid ? Market.MoneyOf(lots, order.Ticks) : 0;
            coins += order.IsBid ? 0 : UnitsOf(lots);
        }

        return (money, coins);
    }

    private async Task<(UInt128 Money, ulong Lots)> TradedAsync(CancellationToken ct)
    {
        var (money, lots) = (UInt128.Zero, 0UL);
        foreach (var auction in await SearchAsync(
            MarketEvents.AuctionCleared, MarketEvents.ToAuctionCleared, ct))
        {
            money += Market.MoneyOf(auction.Lots, auction.PriceTicks);
            lots += auction.Lots;
        }

        return (money, lots);
    }

    private async Task<IReadOnlyList<T>> SearchAsync<T>(
        byte[] topic, Func<LogEntry, T> read, CancellationToken ct) =>
        await new MarketSearch(_bench.Deployment.Node, _bench.EnergyMarket).FindAsync(
            0,
            (await _bench.Deployment.Node.LatestBlockAsync(ct)).Number,
            read,
            ct,
            topic,
            Market.Id.ToArray());
}
