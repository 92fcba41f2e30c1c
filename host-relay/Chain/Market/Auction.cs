namespace Helios.Chain;

/// <summary>How far an auction is cleared, and its result.</summary>
/// <param name="IsCleared">The result stands.</param>
/// <param name="PriceTicks">The price of all; 0: nothing moves.</param>
/// <param name="Lots">What moves.</param>
public sealed record Auction(bool IsCleared, ushort PriceTicks, ulong Lots);
