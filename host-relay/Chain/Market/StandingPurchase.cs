namespace Helios.Chain;

/// <summary>
/// "Keep so much energy open on my meter, buying at no more than so many ticks."
/// </summary>
/// <param name="Owner">Who made it.</param>
/// <param name="Ticks">Limit of its bids; 0: there is none, or it has ended.</param>
/// <param name="KeepWh">What is to be open, Wh.</param>
/// <param name="Market">Where it buys.</param>
/// <param name="Order">Its last order.</param>
/// <param name="OrderLots">Lots of its last order, as far as that is not accounted for.</param>
/// <param name="BoughtWh">Bought and not yet redeemed, Wh.</param>
/// <param name="DailyWh">The most that is bought in a day of UTC, Wh.</param>
public sealed record StandingPurchase(
    Address Owner,
    ushort Ticks,
    ulong KeepWh,
    Bytes32 Market,
    OrderNumber Order,
    ulong OrderLots,
    ulong BoughtWh,
    ulong DailyWh);
