using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Trading;

/// <summary>
/// Clears auctions, redeems what standing purchases bought, enters standing orders and settles all
/// others: all that anyone may do. It keeps nothing: what is to be done, the chain says, so that
/// several keepers and one that was killed do no harm.
/// </summary>
public sealed class MarketKeeper : IDisposable
{
    // All their steps are on their way together.
    private const int ClearedAtOnceMax = DeedSender.InFlightMax / Clearing.StepsMax;

    private readonly MarketOptions _options;
    private readonly MarketSession _session;
    private readonly SenderKey _key;
    private readonly ILogger _log;
    private readonly OpenOrders _orders;
    private readonly StandingMeters _meters;
    private readonly DeedSender _sender;
    private string? _lastHead;
    private string? _lastProblem;

    private MarketKeeper(MarketOptions options, MarketSession session, SenderKey key)
    {
        (_options, _session, _key) = (options, session, key);
        _log = options.Log.CreateLogger("Helios.Market");
        _orders = new OpenOrders(session, options.FromBlock, options.SettledLotsMin);
        _meters = new StandingMeters(session, options.FromBlock);
        _sender = new DeedSender(session, options, key, _log);
    }

    private Bytes32 Market => _session.Market.Id;

    private Address EnergyMarket => _session.Contract.Address;

    /// <summary>Checks that everything is as the options say.</summary>
    /// <exception cref="BadInputException">It is not.</exception>
    public static async Task<MarketKeeper> OpenAsync(MarketOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var key = options.Key ?? throw new ArgumentException(
            "A keeper pays with a key.", nameof(options));
        var keeper = new MarketKeeper(options, await MarketSession.OpenAsync(options, ct), key);
        keeper._log.Started(keeper.Market, keeper.EnergyMarket, options.ChainId, key.Address);
        return keeper;
    }

    /// <summary>Looks at every new block until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await PassAsync(ct);
                await Task.Delay(_options.PollInterval, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _log.Stopped();
        }
    }

    /// <summary>Looks at the chain until all that is due is done.</summary>
    /// <returns>Whether the node answered and took what was due.</returns>
    public async Task<bool> PassAsync(CancellationToken ct)
    {
        try
        {
            while (await LookAsync(ct))
            {
                // Orders were settled: more may wait, and an auction may have ended meanwhile.
            }

            _lastProblem = null;
            return true;
        }
        catch (Exception failure) when (failure is NodeUnreachableException
            or NodeRefusedException or TimeoutException or FormatException)
        {
            Say(failure.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <returns>Whether it did anything that more may wait behind.</returns>
    private async Task<bool> LookAsync(CancellationToken ct)
    {
        var head = await _session.Node.LatestBlockAsync(ct);
        if (string.Equals(head.Hash, _lastHead, StringComparison.Ordinal)
            || !await CanSendAsync(head, ct))
        {
            return false;
        }

        var done = await KeepAsync(head, ct);
        _lastHead = head.Hash;
        return done > 0;
    }

    // What standing orders wait for comes first, then they themselves, then all else, and of this
    // some at a time: no flood of orders, nor of auctions, keeps them out of the one that is on.
    private async Task<int> KeepAsync(Block head, CancellationToken ct)
    {
        await _orders.RefreshAsync(head, ct);
        await _meters.RefreshAsync(head, ct);
        var uncleared = await _orders.UnclearedAsync(head, ct);
        var awaited = await _meters.PeriodsAsync(ct);
        await ClearAsync(uncleared.Where(awaited.Contains), ct);

        // What is redeemed counts as open, and is not bought again. Each settles its last order.
        await DoForAsync(await _meters.RedeemableAsync(ct), RedemptionOf, ct);
        await DoForAsync(await _meters.BuyingAsync(ct), PurchaseOf, ct);
        await DoForAsync(await _meters.SellingAsync(ct), SaleOf, ct);

        var others = uncleared.Where(period => !awaited.Contains(period)).Take(ClearedAtOnceMax);
        if (await ClearAsync(others, ct) is > 0 and var steps)
        {
            return steps;
        }

        var orders = await _orders.UnsettledAsync(head, DeedSender.InFlightMax, ct);
        return await _sender.DoAsync(orders.Select(SettlementOf), Wallet.GasLimitMax, ct);
    }

    private async Task DoForAsync(
        IReadOnlyList<Address> meters, Func<Address, Deed> deedOf, CancellationToken ct) =>
        await _sender.DoAsync(meters.Select(deedOf), _options.StandingGasMax, ct);

    // All steps at once: none but the last can end the second walk. Another keeper may walk on at
    // the same time; a step past the end is none.
    private Task<int> ClearAsync(IEnumerable<uint> periods, CancellationToken ct) =>
        _sender.DoAsync(
            periods.SelectMany(period => Enumerable.Repeat(StepOf(period), Clearing.StepsMax)),
            Wallet.GasLimitMax,
            ct);

    private Deed StepOf(uint period) => new(
        $"clearing auction {period}",
        MarketCalls.Clear(Market, period, Clearing.LevelsPerStep),
        receipt => SayCleared(period, receipt),
        Clearing.GasPerStep);

    private void SayCleared(uint period, Receipt receipt)
    {
        var cleared = MarketEvents.ClearedIn(receipt, EnergyMarket);
        if (cleared.Count == 0)
        {
            _log.Walked(period, receipt.GasUsed);
            return;
        }

        var auction = new Auction(true, cleared[0].PriceTicks, cleared[0].Lots);
        _log.Cleared(period, Clearing.ResultOf(_session, auction), receipt.GasUsed);
    }

    private Deed SettlementOf(OrderPlaced order) => new(
        $"settling order {order.Number} of {order.Owner}",
        MarketCalls.SettleOrder(Market, order.Number),
        receipt => _log.Settled(
            order.Number.IsBid ? "bid" : "ask",
            order.Owner,
            order.Number.Period,
            _session.Steps.KwhOf(MarketEvents.SettledIn(receipt, EnergyMarket).FilledLots),
            _session.Steps.KwhOf(order.Lots),
            receipt.GasUsed));

    private Deed RedemptionOf(Address meter) => new(
        $"redeeming for meter {meter}",
        MarketCalls.RedeemBought(meter),
        receipt => _log.Redeemed(
            _session.Steps.KwhOfCoins(MarketEvents.RedeemedIn(receipt, EnergyMarket)),
            meter,
            receipt.GasUsed));

    private Deed PurchaseOf(Address meter) => new(
        $"the standing purchase of meter {meter}",
        MarketCalls.TriggerPurchase(meter),
        receipt => SayEntered(meter, "bids for", receipt));

    private Deed SaleOf(Address meter) => new(
        $"the standing sale of meter {meter}",
        MarketCalls.TriggerSale(meter),
        receipt => SayEntered(meter, "asks for", receipt));

    private void SayEntered(Address meter, string does, Receipt receipt)
    {
        var placed = MarketEvents.PlacedIn(receipt, EnergyMarket);
        _log.Entered(
            meter, does, _session.Steps.KwhOf(placed.Lots), placed.Number.Period,
            receipt.GasUsed);
    }

    // What an earlier life sent may still be on its way; it is not to be sent twice.
    private async Task<bool> CanSendAsync(Block head, CancellationToken ct)
    {
        var next = await _session.Node.NextNonceAsync(_key.Address, ct);
        var counted = await _session.Node.TransactionCountAsync(_key.Address, ct);
        if (next < counted)
        {
            throw new FormatException(
                "The node counts fewer transactions with those that wait than without them.");
        }

        if (next > counted)
        {
            _log.Waiting(next - counted, _key.Address);
            return false;
        }

        if (head.BaseFeePerGasWei > _options.MaxBaseFeePerGasWei)
        {
            _log.FeeHigh($"{head.BaseFeePerGasWei}");
            return false;
        }

        return true;
    }

    // A node that is away for long says it once.
    private void Say(string problem)
    {
        if (!string.Equals(problem, _lastProblem, StringComparison.Ordinal))
        {
            _log.NoAnswer(problem);
        }

        _lastProblem = problem;
    }
}
