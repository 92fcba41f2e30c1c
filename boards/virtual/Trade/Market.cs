using Helios.Boards.Virtual.Node;
using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// Moves coins every quarter of an hour, by transactions that any wallet sends, and has the
/// controllers look. Time stands still meanwhile, but for the blocks.
/// </summary>
public sealed class Market
{
    private const int WalletsAtOnce = 32;

    // An order needs milliseconds, and a second of the meter's for each signature.
    private const int DeliverySecondsMax = 60;

    private readonly Neighbourhood _neighbourhood;
    private readonly Simulation _simulation;
    private readonly House[] _consumers;
    private readonly Address[] _meters;
    private readonly UInt128 _unitsPerWh;
    private readonly Wallet _passerBy;
    private int _round;

    private Market(Neighbourhood neighbourhood, Simulation simulation, Wallet passerBy)
    {
        _neighbourhood = neighbourhood;
        _simulation = simulation;
        _consumers = [.. neighbourhood.Houses.Where(house => house.IsConsumer)];
        _meters = [.. _consumers.Select(house => house.Meter)];
        _unitsPerWh = CoinContract.UnitsPerCoin / neighbourhood.Options.WhPerCoin;
        _passerBy = passerBy;
    }

    /// <summary>Transfers that the chain did not take.</summary>
    public int Refused { get; private set; }

    /// <summary>Opens it, with a wallet of somebody who settles for others.</summary>
    public static async Task<Market> OpenAsync(
        Neighbourhood neighbourhood, Simulation simulation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        var passerBy = new HouseWallet(neighbourhood.Chain).Transactions;
        await Enroller.FundAsync(neighbourhood.Chain, passerBy.Address, ct);
        return new Market(neighbourhood, simulation, passerBy);
    }

    /// <summary>
    /// What was earned is on chain; then everybody looks at his coins, and what he sends is in a
    /// block; then the orders for what was redeemed are with the meters.
    /// </summary>
    public async Task TradeAsync(CancellationToken ct)
    {
        await _neighbourhood.Relay.WhenAtRestAsync(ct);
        await BlockAsync(ct);
        var transfers = TradePlan.Of(
            await AccountsAsync(ct),
            _round++,
            _neighbourhood.Options.WhPerCoin,
            _neighbourhood.Options.MaxOpenWh);
        var sent = await SendAsync(transfers, ct);
        sent = [.. sent, .. await SendSettlementsAsync(ct)];
        if (sent.Count == 0)
        {
            return;
        }

        await BlockAsync(ct);
        foreach (var (hash, enter) in sent)
        {
            await EnterAsync(hash, enter, ct);
        }

        if (transfers.Any(transfer => transfer.To is null))
        {
            await OrderAsync(ct);
        }
    }

    /// <summary>Settles every meter with which the chain is behind.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        var sent = await SendSettlementsAsync(ct);
        await BlockAsync(ct);
        foreach (var (hash, enter) in sent)
        {
            await EnterAsync(hash, enter, ct);
        }
    }

    private async Task BlockAsync(CancellationToken ct)
    {
        await _simulation.AdvanceAsync(BlockClock.BlockSeconds, ct);
        await _neighbourhood.Blocks.MineAsync(ct);
    }

    private async Task<IReadOnlyList<Account>> AccountsAsync(CancellationToken ct)
    {
        var houses = _neighbourhood.Houses;
        var balances = await _neighbourhood.Coin.BalancesOfAsync(
            [.. houses.Select(house => house.Wallet.Address)], ct);
        var open = await _neighbourhood.Redemptions.OpenWhOfAsync(_meters, ct);
        var openOf = _meters.Zip(open).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. houses.Select((house, number) => new Account(
            house.IsConsumer,
            house == _neighbourhood.SellerByHand ? 0 : (ulong)(balances[number] / _unitsPerWh),
            house.Board.RestWh,
            openOf.GetValueOrDefault(house.Meter)))];
    }

    private async Task<IReadOnlyList<(byte[] Hash, Action Enter)>> SendAsync(
        IReadOnlyList<Transfer> transfers, CancellationToken ct)
    {
        var sent = new List<(byte[], Action)>();
        foreach (var some in transfers.Chunk(WalletsAtOnce))
        {
            var hashes = await Task.WhenAll(some.Select(transfer => TrySendAsync(transfer, ct)));
            sent.AddRange(hashes.Zip(some)
                .Where(pair => pair.First is not null)
                .Select(pair => (pair.First!, EntryOf(pair.Second))));
        }

        return sent;
    }

    // Refused: its owner used the same wallet by hand at this moment. He looks again.
    private async Task<byte[]?> TrySendAsync(Transfer transfer, CancellationToken ct)
    {
        var houses = _neighbourhood.Houses;
        var to = transfer.To is { } buyer
            ? houses[buyer].Wallet.Address
            : _neighbourhood.Redemptions.Address;
        try
        {
            return await houses[transfer.From].Wallet.Transactions.SendAsync(
                _neighbourhood.CoinAddress,
                RedemptionCalls.Transfer(to, transfer.Wh * _unitsPerWh),
                ct);
        }
        catch (NodeRefusedException)
        {
            Refused++;
            return null;
        }
    }

    private Action EntryOf(Transfer transfer)
    {
        var from = _neighbourhood.Houses[transfer.From].Wallet;
        if (transfer.To is not { } buyer)
        {
            return () => from.RedeemedWh += transfer.Wh;
        }

        var to = _neighbourhood.Houses[buyer].Wallet;
        return () =>
        {
            from.SoldWh += transfer.Wh;
            to.BoughtWh += transfer.Wh;
        };
    }

    private async Task<IReadOnlyList<(byte[] Hash, Action Enter)>> SendSettlementsAsync(
        CancellationToken ct)
    {
        var open = await _neighbourhood.Redemptions.OpenWhOfAsync(_meters, ct);
        var accounts = await _neighbourhood.Redemptions.AccountsOfAsync(_meters, ct);
        var sent = new List<(byte[], Action)>();
        for (var i = 0; i < _meters.Length; i++)
        {
            var settledWh = accounts[i].SettledWh + accounts[i].RefundedWh;
            if (accounts[i].RedeemedWh - settledWh > open[i])
            {
                var hash = await _passerBy.SendAsync(
                    _neighbourhood.Redemptions.Address, RedemptionCalls.Settle(_meters[i]), ct);
                sent.Add((hash, () => { }));
            }
        }

        return sent;
    }

    private async Task EnterAsync(byte[] hash, Action enter, CancellationToken ct)
    {
        if ((await _passerBy.ConfirmedAsync(hash, ct)).Succeeded)
        {
            enter();
        }
        else
        {
            Refused++;
        }
    }

    // Final is a block under another one.
    private async Task OrderAsync(CancellationToken ct)
    {
        await BlockAsync(ct);
        await _neighbourhood.Controllers!.PassAsync(ct);
        await _simulation.RunUntilAsync(
            () => Array.TrueForAll(
                _consumers,
                house => house.Board.Record.AuthorisedWh >= house.Wallet.RedeemedWh),
            DeliverySecondsMax,
            ct);
    }
}
