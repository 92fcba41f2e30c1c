namespace Helios.Chain;

/// <summary>An order of an auction that is not settled yet.</summary>
/// <param name="Owner">Whose proceeds they are; zero if there is no such order.</param>
/// <param name="Lots">0 if there is no such order, or it is settled.</param>
public sealed record MarketOrder(Address Owner, ulong Lots);
