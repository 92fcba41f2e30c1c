namespace Helios.Chain;

/// <summary>Up to where a meter may let energy through, as one block has it.</summary>
/// <param name="State">What the ledger lets the meter do.</param>
/// <param name="AuthorisedWh">
/// On the scale of its importWh + returnedWh, Wh. 48 bits, but 49 of a meter that began with
/// registers whose sum needs them.
/// </param>
public sealed record MeterAuthorisation(EnrolledState State, ulong AuthorisedWh);
