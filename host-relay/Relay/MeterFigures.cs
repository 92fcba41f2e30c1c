using Helios.Chain;

namespace Helios.Relay;

/// <summary>What the relay holds of one meter.</summary>
/// <param name="Meter">Its address.</param>
/// <param name="StoredPagination">Highest pagination stored; 0 if none.</param>
/// <param name="StoredExportWh">Export register of that reading, Wh.</param>
/// <param name="AcceptedPagination">Highest pagination accepted on chain, as far as seen.</param>
/// <param name="AcceptedExportWh">Export register of that reading, Wh.</param>
/// <param name="ReadingsStored">Readings of it in the database.</param>
/// <param name="ReadingsAccepted">Those of them that the ledger accepted.</param>
/// <param name="Coins">Whole coins minted by this relay's transactions.</param>
/// <param name="GasUsed">Its readings' share of the gas of those transactions.</param>
public sealed record MeterFigures(
    Address Meter,
    uint StoredPagination,
    ulong StoredExportWh,
    uint AcceptedPagination,
    ulong AcceptedExportWh,
    long ReadingsStored,
    long ReadingsAccepted,
    ulong Coins,
    ulong GasUsed);
