namespace Helios.Tests.HostRelay.Proofs;

/// <summary>What measures times runs when nothing else does.</summary>
[CollectionDefinition(nameof(Quiet), DisableParallelization = true)]
public static class Quiet;
