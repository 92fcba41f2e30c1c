namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Runs that load the machine take turns; what measures times runs when nothing else does.
/// </summary>
[CollectionDefinition(nameof(ProofRuns))]
public static class ProofRuns;
