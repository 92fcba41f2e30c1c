namespace Helios.Chain;

/// <summary>An order that was credited to its owner.</summary>
/// <param name="Owner">Whose it was.</param>
/// <param name="Number">Its number in the market.</param>
/// <param name="FilledLots">Lots that moved.</param>
public sealed record OrderSettled(Address Owner, OrderNumber Number, ulong FilledLots);
