namespace Helios.Chain;

/// <summary>A signed transaction as a node takes it.</summary>
/// <param name="Nonce">The sender's count of transactions before this one.</param>
/// <param name="Raw">The bytes to broadcast.</param>
/// <param name="Hash">keccak-256 of <paramref name="Raw"/>: its name on the chain.</param>
public sealed record SignedTransaction(ulong Nonce, byte[] Raw, byte[] Hash);
