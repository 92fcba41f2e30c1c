namespace Helios.Boards.Virtual.Trade;

/// <summary>A plain transfer of coins.</summary>
/// <param name="From">Number of the house whose wallet sends them.</param>
/// <param name="To">Number of the house that buys them; null: Redemptions.</param>
/// <param name="Wh">What they stand for, Wh.</param>
public sealed record Transfer(int From, int? To, ulong Wh);
