namespace Helios.Chain;

/// <summary>A meter as the ledger knows it at one block.</summary>
/// <param name="Meter">Its address.</param>
/// <param name="Registers">What was accepted last.</param>
/// <param name="Configuration">What was enrolled.</param>
public sealed record MeterOnChain(
    Address Meter, MeterRegisters Registers, MeterConfiguration Configuration);
