namespace Helios.Chain;

/// <summary>An order that came to an auction.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Number">Its number in the market.</param>
/// <param name="Lots">How many.</param>
public sealed record OrderPlaced(Address Owner, OrderNumber Number, ulong Lots);
