namespace Helios.Chain;

/// <summary>One event as a node tells it.</summary>
/// <param name="Emitter">The contract that said so.</param>
/// <param name="Topics">32 bytes each; the first names the event.</param>
/// <param name="Content">The arguments that are not indexed, ABI-encoded.</param>
/// <param name="BlockNumber">Height of the block that it is in.</param>
public sealed record LogEntry(
    Address Emitter, IReadOnlyList<byte[]> Topics, byte[] Content, ulong BlockNumber);
