namespace Helios.Chain;

/// <summary>An auction that has its price.</summary>
/// <param name="Period">Its number.</param>
/// <param name="PriceTicks">The price of all; 0: nothing moved.</param>
/// <param name="Lots">What moved.</param>
public sealed record AuctionCleared(uint Period, ushort PriceTicks, ulong Lots);
