namespace Helios.Tests.Contracts.Clearing;

/// <summary>An order of an auction.</summary>
/// <param name="IsBid">A bid; else an ask.</param>
/// <param name="Ticks">Its limit, 1 to 1,024.</param>
/// <param name="Lots">1 to 2^48 - 1.</param>
public sealed record LimitOrder(bool IsBid, int Ticks, ulong Lots);
