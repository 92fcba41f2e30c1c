namespace Helios.Chain;

/// <summary>
/// The registers that the ledger accepted last. All zero for a meter that is not enrolled.
/// </summary>
/// <param name="Pagination">A reading counts only above this.</param>
/// <param name="ExportWh">Energy fed out, Wh, 48 bits.</param>
/// <param name="ImportWh">Energy taken in, Wh, 48 bits.</param>
/// <param name="AuthorisedWh">Authorised energy, Wh, 48 bits.</param>
/// <param name="ReturnedWh">Energy given back, Wh, 48 bits.</param>
/// <param name="PlausibleFrom">Unix seconds up to which the power rule has used the meter's
/// time.</param>
public sealed record MeterRegisters(
    uint Pagination,
    ulong ExportWh,
    ulong ImportWh,
    ulong AuthorisedWh,
    ulong ReturnedWh,
    uint PlausibleFrom)
{
    /// <summary>Reads what registersOf returns.</summary>
    internal static MeterRegisters From(byte[] answer)
    {
        var words = new AbiReader(answer);
        return new MeterRegisters(
            words.UInt32(),
            words.UInt64(),
            words.UInt64(),
            words.UInt64(),
            words.UInt64(),
            words.UInt32());
    }
}
