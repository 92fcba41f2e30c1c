namespace Helios.Tests.Contracts.Clearing;

/// <summary>
/// The rule of ICallAuctions word for word, tick by tick, with no walk and no state: slow, and
/// written apart from the contract.
/// </summary>
public sealed class PlainAuction
{
    public const int TicksMax = 1024;

    private readonly IReadOnlyList<LimitOrder> _orders;
    private readonly ulong[] _demand;
    private readonly ulong[] _supply;

    /// <param name="orders">As they came.</param>
    public PlainAuction(IReadOnlyList<LimitOrder> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        _orders = orders;
        _demand = [.. Ticks.Select(t => Sum(order => order.IsBid && order.Ticks >= t))];
        _supply = [.. Ticks.Select(t => Sum(order => !order.IsBid && order.Ticks <= t))];
        var volume = Ticks.Max(VolumeAt);
        if (volume == 0)
        {
            Filled = [.. orders.Select(static _ => 0UL)];
            return;
        }

        (Volume, PriceTicks) = (volume, Price(volume));
        Filled = [.. orders.Select((order, i) => FilledOf(order, i))];
    }

    /// <summary>The price of all; 0: nothing moves.</summary>
    public int PriceTicks { get; }

    /// <summary>Lots that move.</summary>
    public ulong Volume { get; }

    /// <summary>Lots that move of each order.</summary>
    public IReadOnlyList<ulong> Filled { get; }

    private static IEnumerable<int> Ticks => Enumerable.Range(1, TicksMax);

    private ulong VolumeAt(int ticks) => Math.Min(_demand[ticks - 1], _supply[ticks - 1]);

    private long SurplusAt(int ticks) => (long)_demand[ticks - 1] - (long)_supply[ticks - 1];

    private int Price(ulong volume)
    {
        var most = Ticks.Where(ticks => VolumeAt(ticks) == volume).ToArray();
        var smallest = most.Min(ticks => Math.Abs(SurplusAt(ticks)));
        var best = most.Where(ticks => Math.Abs(SurplusAt(ticks)) == smallest).ToArray();
        if (smallest == 0)
        {
            return (best[0] + best[^1]) / 2;
        }

        var wanted = best.Where(ticks => SurplusAt(ticks) > 0).ToArray();
        return wanted.Length > 0 ? wanted[^1] : best[0];
    }

    private ulong FilledOf(LimitOrder order, int place)
    {
        if (order.Ticks != PriceTicks)
        {
            return order.IsBid == (order.Ticks > PriceTicks) ? order.Lots : 0;
        }

        var total = Sum(other => IsBeside(other, order));
        var better = Sum(other =>
            other.IsBid == order.IsBid
            && other.Ticks != PriceTicks
            && other.IsBid == (other.Ticks > PriceTicks));
        UInt128 fill = Volume - better;
        UInt128 before = Sum(_orders.Take(place).Where(other => IsBeside(other, order)));
        return (ulong)(((before + order.Lots) * fill / total) - (before * fill / total));
    }

    private static bool IsBeside(LimitOrder one, LimitOrder other) =>
        one.IsBid == other.IsBid && one.Ticks == other.Ticks;

    private ulong Sum(Func<LimitOrder, bool> isMeant) => Sum(_orders.Where(isMeant));

    private static ulong Sum(IEnumerable<LimitOrder> orders) =>
        orders.Aggregate(0UL, static (sum, order) => checked(sum + order.Lots));
}
