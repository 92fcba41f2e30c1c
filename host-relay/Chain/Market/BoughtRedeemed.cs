namespace Helios.Chain;

/// <summary>Coins that a standing purchase bought, redeemed for its meter.</summary>
/// <param name="Meter">Whose energy they became.</param>
/// <param name="Units">How many, in units of 10^-18 coin.</param>
public sealed record BoughtRedeemed(Address Meter, UInt128 Units);
