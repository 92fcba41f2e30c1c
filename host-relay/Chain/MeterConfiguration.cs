namespace Helios.Chain;

/// <summary>What the ledger knows of a meter besides its registers.</summary>
/// <param name="Owner">Who gets the coins; zero if it was never enrolled.</param>
/// <param name="MaxPowerW">Rated power, W: the fuse plus at least 10 %.</param>
/// <param name="MintOffset">Wh added to the export register before it is divided into coins.</param>
/// <param name="State">What the ledger lets it do.</param>
public sealed record MeterConfiguration(
    Address Owner, uint MaxPowerW, ulong MintOffset, MeterState State);
