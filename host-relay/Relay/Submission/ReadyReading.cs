using Helios.Chain;

namespace Helios.Relay;

/// <summary>A reading that goes into the next transaction.</summary>
/// <param name="Candidate">The reading.</param>
/// <param name="Owner">Who gets its coins; equal owners side by side cost one mint.</param>
internal sealed record ReadyReading(Candidate Candidate, Address Owner);
