namespace Helios.Boards.Virtual.Books;

/// <summary>What books are read by.</summary>
/// <param name="ImpulsesPerKwh">The impulse constant of the meters, imp/kWh.</param>
/// <param name="WhPerCoin">Energy of a coin, Wh; divides 10^18.</param>
/// <param name="RatedPowerW">Electrical maximum of each connection, W.</param>
public sealed record Terms(uint ImpulsesPerKwh, uint WhPerCoin, uint RatedPowerW)
{
    private const ulong UnitsInCoin = 1_000_000_000_000_000_000;

    /// <summary>Units of 10^-18 coin that stand for a watt-hour.</summary>
    public ulong UnitsPerWh => UnitsInCoin / WhPerCoin;
}
