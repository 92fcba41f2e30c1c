namespace Helios.Chain;

/// <summary>What the ledger would make of a reading, and what it knows of its meter.</summary>
/// <param name="Trial">What would become of the reading.</param>
/// <param name="Registers">
/// The registers accepted last; null where the reading would count, and nobody asked.
/// </param>
public sealed record MeterOnChain(Trial Trial, MeterRegisters? Registers);
