namespace Helios.Chain;

/// <summary>A purchase of lots of a signed offer.</summary>
/// <param name="Seller">Who signed it.</param>
/// <param name="Buyer">Who bought.</param>
/// <param name="Lots">How many.</param>
/// <param name="Ticks">At which price.</param>
/// <param name="BlockNumber">Height of the block.</param>
public sealed record OfferTaken(
    Address Seller, Address Buyer, ulong Lots, ushort Ticks, ulong BlockNumber);
