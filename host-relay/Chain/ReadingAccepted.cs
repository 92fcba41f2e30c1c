namespace Helios.Chain;

/// <summary>The ledger's event: a reading counted.</summary>
/// <param name="Meter">Who signed it.</param>
/// <param name="Pagination">Which reading.</param>
/// <param name="ExportWh">Energy fed out, Wh.</param>
/// <param name="ImportWh">Energy taken in, Wh.</param>
/// <param name="AuthorisedWh">Authorised energy, Wh.</param>
/// <param name="ReturnedWh">Energy given back, Wh.</param>
/// <param name="Coins">Whole coins minted for it.</param>
public sealed record ReadingAccepted(
    Address Meter,
    uint Pagination,
    ulong ExportWh,
    ulong ImportWh,
    ulong AuthorisedWh,
    ulong ReturnedWh,
    ulong Coins);
