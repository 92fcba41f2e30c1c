namespace Helios.Chain;

/// <summary>
/// A meter as the ledger knows it at one block, and what it would make of a reading.
/// </summary>
/// <param name="Owner">Who gets the coins; zero if the meter was never enrolled.</param>
/// <param name="Registers">What was accepted last.</param>
/// <param name="Trial">What would become of the reading that was asked about.</param>
public sealed record MeterOnChain(Address Owner, MeterRegisters Registers, Trial Trial);
