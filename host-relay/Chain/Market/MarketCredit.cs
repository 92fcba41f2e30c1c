namespace Helios.Chain;

/// <summary>What an account can withdraw of what it traded for one token.</summary>
/// <param name="Coins">HEC, in units of 10^-18.</param>
/// <param name="Money">Of the token, in its smallest units.</param>
public sealed record MarketCredit(UInt128 Coins, UInt128 Money);
