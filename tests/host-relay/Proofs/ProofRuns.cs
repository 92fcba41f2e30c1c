namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Runs that load the machine take turns.
/// </summary>
[CollectionDefinition(nameof(ProofRuns))]
public static class ProofRuns;
