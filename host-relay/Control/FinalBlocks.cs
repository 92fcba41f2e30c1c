using Helios.Chain;

namespace Helios.Control;

/// <summary>What the nodes hold for final at one moment.</summary>
/// <param name="ToAll">The newest block that is final to every one of them.</param>
/// <param name="Slowest">A node to which no newer one is.</param>
/// <param name="NewestNumber">Height of the newest block that is final to any of them.</param>
internal sealed record FinalBlocks(Block ToAll, Uri Slowest, ulong NewestNumber);
