using Helios.Messaging;

namespace Helios.Relay;

/// <summary>
/// Registers that would count in a block, but not be worth their gas: a newer reading that says the
/// same is worth no more in that block, and the ledger need not be asked.
/// </summary>
/// <param name="Block">The block's hash.</param>
/// <param name="ExportWh">Energy fed out, Wh.</param>
/// <param name="ImportWh">Energy taken in, Wh.</param>
/// <param name="AuthorisedWh">Authorised energy, Wh.</param>
/// <param name="ReturnedWh">Energy given back, Wh.</param>
internal sealed record TriedInVain(
    string Block, ulong ExportWh, ulong ImportWh, ulong AuthorisedWh, ulong ReturnedWh)
{
    /// <summary>What a reading leaves behind that was tried in vain; null for none.</summary>
    public static TriedInVain? Of(string block, byte[] signed) =>
        ReadingCodec.Decode(signed, out var reading, out _) == CodecResult.Done
            ? new TriedInVain(
                block, reading.ExportWh, reading.ImportWh, reading.AuthorisedWh, reading.ReturnedWh)
            : null;
}
