using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>What changed hands in auctions so far.</summary>
/// <param name="EnergyWh">Energy, Wh.</param>
/// <param name="MoneyUnits">What was paid for it, in smallest units of play money.</param>
public sealed record Traded(ulong EnergyWh, UInt128 MoneyUnits)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{EnergyWh / 1000m} kWh traded for {(decimal)MoneyUnits / PlayEuro.Units} PLAY");
}
