namespace Helios.Chain;

/// <summary>One event as a receipt carries it.</summary>
/// <param name="Emitter">The contract that said so.</param>
/// <param name="Topics">32 bytes each; the first names the event.</param>
/// <param name="Content">The arguments that are not indexed, ABI-encoded.</param>
public sealed record LogEntry(Address Emitter, IReadOnlyList<byte[]> Topics, byte[] Content);
