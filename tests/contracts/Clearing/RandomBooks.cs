namespace Helios.Tests.Contracts.Clearing;

/// <summary>Draws books of every kind.</summary>
/// <param name="random">Where every choice comes from.</param>
public sealed class RandomBooks(Random random)
{
    private const ulong LevelLotsMax = (1UL << 48) - 1;
    private const int TicksMax = PlainAuction.TicksMax;

    /// <summary>A book of the kind, as its orders came. No level holds more than it can.</summary>
    public IReadOnlyList<LimitOrder> Draw(BookKind kind)
    {
        LimitOrder[] book = kind switch
        {
            BookKind.Scattered => Many(60, () => Order(1, TicksMax, 1000)),
            BookKind.Close => Close(40),
            BookKind.Tied => Tied(),
            BookKind.Balanced => Balanced(),
            BookKind.Mirrored => Mirrored(),
            BookKind.OneSided => OneSided(),
            BookKind.Apart => Apart(),
            BookKind.Ends => Many(20, () => Order(random.Next(2) * (TicksMax - 1), 1, 1, 50)),
            BookKind.Huge => Huge(),
            BookKind.Flood => Flood(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
        random.Shuffle(book);
        return WithinLevels(book);
    }

    private LimitOrder[] Close(int most)
    {
        var around = random.Next(TicksMax - 8);
        return Many(most, () => Order(around, 1, 8, 100));
    }

    private LimitOrder[] Tied()
    {
        int[] limits = [random.Next(1, TicksMax + 1), random.Next(1, TicksMax + 1)];
        var lots = (ulong)random.Next(1, 5);
        return Many(12, () => new LimitOrder(IsBid(), limits[random.Next(2)], lots));
    }

    private LimitOrder[] Balanced()
    {
        var (low, high) = TwoTicks();
        var lots = (ulong)random.Next(1, 1000);
        return
        [
            new(false, low, lots),
            .. Split(true, high, lots),
            .. Many(6, () => new LimitOrder(true, random.Next(1, low + 1), 3)),
            .. Many(6, () => new LimitOrder(false, random.Next(high, TicksMax + 1), 3)),
        ];
    }

    private LimitOrder[] Mirrored()
    {
        var ticks = random.Next(1, TicksMax);
        var (lots, surplus) = ((ulong)random.Next(1, 50), (ulong)random.Next(1, 50));
        return
        [
            .. Split(false, random.Next(1, ticks + 1), lots),
            .. Split(false, ticks + 1, surplus),
            .. Split(true, ticks, surplus),
            .. Split(true, random.Next(ticks + 1, TicksMax + 1), lots),
        ];
    }

    private LimitOrder[] OneSided()
    {
        var isBid = IsBid();
        return Many(15, () => Order(1, TicksMax, 100) with { IsBid = isBid });
    }

    private LimitOrder[] Apart()
    {
        var (low, high) = TwoTicks();
        return high == low
            ? []
            : Many(20, () => IsBid()
                ? new LimitOrder(true, random.Next(1, low + 1), 5)
                : new LimitOrder(false, random.Next(low + 1, TicksMax + 1), 5));
    }

    private LimitOrder[] Huge()
    {
        var around = random.Next(TicksMax - 3);
        return Many(12, () =>
            Order(around, 1, 3, 1) with { Lots = LevelLotsMax >> random.Next(3) });
    }

    private LimitOrder[] Flood()
    {
        var around = random.Next(TicksMax - 3);
        return
        [
            .. Many(120, () => Order(around, 1, 3, 1)),
            .. Many(4, () => Order(around, 1, 3, 300)),
        ];
    }

    private LimitOrder[] Split(bool isBid, int ticks, ulong lots)
    {
        var first = (ulong)random.NextInt64((long)lots + 1);
        LimitOrder[] parts = [new(isBid, ticks, first), new(isBid, ticks, lots - first)];
        return [.. parts.Where(static part => part.Lots != 0)];
    }

    private LimitOrder[] Many(int most, Func<LimitOrder> draw) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => draw())];

    private LimitOrder Order(int lowest, int highest, int lotsMax) =>
        new(IsBid(), random.Next(lowest, highest + 1), (ulong)random.Next(1, lotsMax + 1));

    private LimitOrder Order(int from, int lowest, int highest, int lotsMax) =>
        Order(from + lowest, from + highest, lotsMax);

    private (int Low, int High) TwoTicks()
    {
        var (one, other) = (random.Next(1, TicksMax + 1), random.Next(1, TicksMax + 1));
        return (Math.Min(one, other), Math.Max(one, other));
    }

    private bool IsBid() => random.Next(2) == 0;

    private static List<LimitOrder> WithinLevels(LimitOrder[] book)
    {
        Dictionary<(bool, int), ulong> taken = [];
        List<LimitOrder> within = [];
        foreach (var order in book)
        {
            var level = (order.IsBid, order.Ticks);
            var room = LevelLotsMax - taken.GetValueOrDefault(level);
            var lots = Math.Min(order.Lots, room);
            if (lots != 0)
            {
                within.Add(order with { Lots = lots });
                taken[level] = taken.GetValueOrDefault(level) + lots;
            }
        }

        return within;
    }
}
