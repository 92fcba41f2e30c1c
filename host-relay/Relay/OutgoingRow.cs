using Helios.Chain;

namespace Helios.Relay;

/// <summary>A signed transaction as the database holds it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Sender">Who signed.</param>
/// <param name="Nonce">The sender's count of transactions before it.</param>
/// <param name="Hash">Its name on the chain.</param>
/// <param name="Raw">The bytes to broadcast, always the same.</param>
/// <param name="BlockHash">The block that contains it; empty while none does.</param>
internal sealed record OutgoingRow(
    long Id, Address Sender, ulong Nonce, byte[] Hash, byte[] Raw, string BlockHash);
