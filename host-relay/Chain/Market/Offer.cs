namespace Helios.Chain;

/// <summary>A seller's standing offer of coins, as he signs it.</summary>
/// <param name="Seller">Whose coins they are, and who signed.</param>
/// <param name="Market">Identifier of the market.</param>
/// <param name="Lots">The most that is sold in all, 48 bits.</param>
/// <param name="Ticks">Price of a lot, 1 to 1024.</param>
/// <param name="MinLots">Fewest lots of one purchase; a rest that is smaller is sold whole.</param>
/// <param name="Buyer">The only one who may buy; zero: anyone.</param>
/// <param name="ValidUntil">Block time, s, up to which it can be bought.</param>
/// <param name="Epoch">The seller's epoch in which it counts.</param>
/// <param name="Salt">Tells offers apart that are else the same.</param>
public sealed record Offer(
    Address Seller,
    Bytes32 Market,
    ulong Lots,
    ushort Ticks,
    ulong MinLots,
    Address Buyer,
    ulong ValidUntil,
    uint Epoch,
    Bytes32 Salt)
{
    /// <summary>No offer ends later than so many days from now: the contract's limit.</summary>
    public const uint DaysMax = 30;
}
