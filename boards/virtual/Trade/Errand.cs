namespace Helios.Boards.Virtual.Trade;

/// <summary>What an owner does by hand when he has looked.</summary>
/// <param name="House">Number of the house whose wallet acts.</param>
/// <param name="Kind">What he does.</param>
/// <param name="Amount">Lots of an order; watt-hours of coins that are redeemed.</param>
/// <param name="Ticks">Limit of an order; else 0.</param>
public sealed record Errand(int House, ErrandKind Kind, ulong Amount, ushort Ticks);
