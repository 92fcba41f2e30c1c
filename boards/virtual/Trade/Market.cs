using Helios.Boards.Virtual.Node;
using Helios.Chain;
using Helios.LocalChain;
using Helios.Trading;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// What happens every quarter of an hour: an auction has ended and the next has begun. A keeper
/// does what anyone may do; owners without a standing order act by transactions that any wallet
/// sends; somebody who passes by settles, and the controllers look. Time stands still meanwhile,
/// but for the blocks.
/// </summary>
public sealed class Market : IDisposable
{
    // An order needs milliseconds, and a second of the meter's for each signature.
    private const int DeliverySecondsMax = 60;

    private readonly Neighbourhood _neighbourhood;
    private readonly Simulation _simulation;
    private readonly TradingPlace _place;
    private readonly EnergyMarketContract _contract;
    private readonly MarketKeeper _keeper;
    private readonly Traffic _traffic;
    private readonly Wallet _passerBy;
    private readonly House[] _consumers;
    private readonly Address[] _meters;
    private readonly int[] _byHand;
    private readonly UInt128 _unitsPerWh;
    private int _keepingFailed;

    private Market(
        Neighbourhood neighbourhood, Simulation simulation, MarketKeeper keeper, Wallet passerBy)
    {
        (_neighbourhood, _simulation) = (neighbourhood, simulation);
        (_keeper, _passerBy) = (keeper, passerBy);
        _place = neighbourhood.TradingPlace!;
        _contract = new EnergyMarketContract(neighbourhood.Chain, _place.EnergyMarket);
        _traffic = new Traffic(neighbourhood, simulation);
        var houses = neighbourhood.Houses;
        _consumers = [.. houses.Where(static house => house.IsConsumer)];
        _meters = [.. _consumers.Select(static house => house.Meter)];
        _byHand = [.. Enumerable.Range(0, houses.Count).Where(number =>
            houses[number] is { HasStandingOrder: false, IsOfPerson: false })];
        _unitsPerWh = CoinContract.UnitsPerCoin / neighbourhood.Options.WhPerCoin;
    }

    /// <summary>
    /// Transactions that the chain did not take, and looks of the keeper that failed.
    /// </summary>
    public int Refused => _traffic.Refused + _keepingFailed;

    private IReadOnlyList<House> Houses => _neighbourhood.Houses;

    /// <summary>Opens it, with a keeper, and a wallet of somebody who settles for others.</summary>
    public static async Task<Market> OpenAsync(
        Neighbourhood neighbourhood, Simulation simulation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        var place = neighbourhood.TradingPlace
            ?? throw new InvalidOperationException("Nobody trades where nobody consumes.");
        var (passerBy, keeper) = (
            new HouseWallet(neighbourhood.Chain), new HouseWallet(neighbourhood.Chain));
        await Enroller.FundAsync(neighbourhood.Chain, passerBy.Address, ct);
        await Enroller.FundAsync(neighbourhood.Chain, keeper.Address, ct);
        var options = new MarketOptions
        {
            RpcUrl = neighbourhood.Chain.Url,
            ChainId = LocalNode.ChainId,
            EnergyMarket = place.EnergyMarket,
            Market = place.Market.Id,
            Key = keeper.Key,
        };
        return new Market(
            neighbourhood,
            simulation,
            await MarketKeeper.OpenAsync(options, ct),
            passerBy.Transactions);
    }

    /// <summary>
    /// What was earned is on chain; then the keeper clears, redeems, enters standing orders and
    /// settles; then everybody else looks at his coins, and what he sends is in a block; then the
    /// orders for what was redeemed are with the meters.
    /// </summary>
    public async Task TradeAsync(CancellationToken ct)
    {
        await _neighbourhood.Relay.WhenAtRestAsync(ct);
        await _traffic.BlockAsync(ct);
        await KeepAsync(ct);
        await CountAsync(ct);
        await WithdrawAsync(ct);
        var errands = TradePlan.Of(
            await AccountsAsync(ct), _place.Market.LotWh, _neighbourhood.Options.MaxOpenWh);
        await _traffic.SendAsync(
            [.. errands.Select(ToTransaction), .. await SettlementsAsync(ct)], ct);
        await OrderAsync(ct);
    }

    /// <summary>
    /// Ends the trade: standing orders end, the last auction is cleared and settled, and who trades
    /// by hand withdraws what is his. What standing orders brought stays in their owners' credit.
    /// </summary>
    public async Task CloseAsync(CancellationToken ct)
    {
        await _traffic.SendAsync(
            Houses.Where(static house => house.HasStandingOrder).Select(house => new Transaction(
                house.Wallet.Transactions,
                _place.EnergyMarket,
                house.IsConsumer
                    ? MarketCalls.EndStandingPurchase(house.Meter)
                    : MarketCalls.EndStandingSale(house.Meter))),
            ct);
        await _simulation.RunAsync(
            _simulation.NextQuarterSeconds, speed: null, everyQuarter: null, ct);
        await _traffic.BlockAsync(ct);
        await KeepAsync(ct);
        await WithdrawAsync(ct);
    }

    /// <summary>Settles every meter with which the chain is behind.</summary>
    public async Task SettleAsync(CancellationToken ct) =>
        await _traffic.SendAsync(await SettlementsAsync(ct), ct);

    /// <inheritdoc/>
    public void Dispose() => _keeper.Dispose();

    private async Task KeepAsync(CancellationToken ct)
    {
        var isKept = false;
        var behindS = await _neighbourhood.Blocks.MineForAsync(
            async ends => isKept = await _keeper.PassAsync(ends), ct);
        _keepingFailed += isKept ? 0 : 1;
        if (behindS > 0)
        {
            await _simulation.AdvanceAsync(behindS, ct);
        }
    }

    // The auction that ended last, which the keeper has cleared if anybody was in it.
    private async Task CountAsync(CancellationToken ct)
    {
        var on = (uint)(_neighbourhood.Clock.Now.ToUnixTimeSeconds() / Simulation.QuarterSeconds);
        var ended = (await _contract.AuctionsOfAsync(_place.Market.Id, [on - 1], ct))[0];
        if (ended.IsCleared)
        {
            _place.Add(ended);
        }
    }

    private async Task WithdrawAsync(CancellationToken ct)
    {
        var token = _place.Market.Token;
        House[] houses = [.. _byHand.Select(number => Houses[number])];
        var credits = await _contract.CreditsOfAsync(
            token, [.. houses.Select(static house => house.Wallet.Address)], ct);
        await _traffic.SendAsync(
            houses
                .Where((_, i) => credits[i].Coins > 0 || credits[i].Money > 0)
                .Select(house => new Transaction(
                    house.Wallet.Transactions,
                    _place.EnergyMarket,
                    MarketCalls.Withdraw(token, house.Wallet.Address))),
            ct);
    }

    private async Task<IReadOnlyList<Account>> AccountsAsync(CancellationToken ct)
    {
        var balances = await _neighbourhood.Coin.BalancesOfAsync(
            [.. _byHand.Select(number => Houses[number].Wallet.Address)], ct);
        var open = await _neighbourhood.Redemptions.OpenWhOfAsync(_meters, ct);
        var openOf = _meters.Zip(open).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. _byHand.Select((number, i) => new Account(
            number,
            Houses[number].IsConsumer,
            (ulong)(balances[i] / _unitsPerWh),
            Houses[number].Board.RestWh,
            openOf.GetValueOrDefault(Houses[number].Meter)))];
    }

    private Transaction ToTransaction(Errand errand)
    {
        var wallet = Houses[errand.House].Wallet;
        if (errand.Kind == ErrandKind.Redeem)
        {
            return new Transaction(
                wallet.Transactions,
                _neighbourhood.CoinAddress,
                RedemptionCalls.Transfer(
                    _neighbourhood.Redemptions.Address, errand.Amount * _unitsPerWh),
                () => wallet.RedeemedWh += errand.Amount);
        }

        // The auction of the block that is made next.
        var at = _neighbourhood.Clock.Now.AddSeconds(BlockClock.BlockSeconds);
        var period = (uint)(at.ToUnixTimeSeconds() / Simulation.QuarterSeconds);
        return new Transaction(
            wallet.Transactions,
            _place.EnergyMarket,
            errand.Kind == ErrandKind.Bid
                ? MarketCalls.Bid(_place.Market.Id, period, errand.Amount, errand.Ticks)
                : MarketCalls.Ask(_place.Market.Id, period, errand.Amount, errand.Ticks));
    }

    private async Task<IReadOnlyList<Transaction>> SettlementsAsync(CancellationToken ct)
    {
        var open = await _neighbourhood.Redemptions.OpenWhOfAsync(_meters, ct);
        var accounts = await _neighbourhood.Redemptions.AccountsOfAsync(_meters, ct);
        return [.. Enumerable.Range(0, _meters.Length)
            .Where(i => accounts[i].RedeemedWh
                - accounts[i].SettledWh - accounts[i].RefundedWh > open[i])
            .Select(i => new Transaction(
                _passerBy,
                _neighbourhood.Redemptions.Address,
                RedemptionCalls.Settle(_meters[i])))];
    }

    // Final is a block under another one.
    private async Task OrderAsync(CancellationToken ct)
    {
        var accounts = await _neighbourhood.Redemptions.AccountsOfAsync(_meters, ct);
        bool IsOrdered(int consumer) =>
            _consumers[consumer].Board.Record.AuthorisedWh >= accounts[consumer].RedeemedWh;
        if (Enumerable.Range(0, _meters.Length).All(IsOrdered))
        {
            return;
        }

        await _traffic.BlockAsync(ct);
        await _neighbourhood.Controllers!.PassAsync(ct);
        await _simulation.RunUntilAsync(
            () => Enumerable.Range(0, _meters.Length).All(IsOrdered), DeliverySecondsMax, ct);
    }
}
