namespace Helios.Chain;

/// <summary>"Sell what my meter earned since, at no less than so many ticks."</summary>
/// <param name="Owner">Who made it.</param>
/// <param name="Ticks">Limit of its asks; 0: there is none, or it has ended.</param>
/// <param name="Market">Where it sells.</param>
/// <param name="Order">Its last order.</param>
/// <param name="OrderLots">Lots of its last order, as far as that is not accounted for.</param>
public sealed record StandingSale(
    Address Owner, ushort Ticks, Bytes32 Market, OrderNumber Order, ulong OrderLots);
