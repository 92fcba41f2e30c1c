using Helios.Chain;

namespace Helios.Relay;

/// <summary>A signed transaction as the database holds it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Sender">Who signed.</param>
/// <param name="Nonce">The sender's count of transactions before it.</param>
/// <param name="Hash">The name of its newest version on the chain.</param>
/// <param name="Raw">The bytes of its newest version.</param>
/// <param name="BlockHash">The block that contains it; empty while none does.</param>
/// <param name="SentAtBlock">Height of the newest block when this version was signed.</param>
internal sealed record OutgoingRow(
    long Id,
    Address Sender,
    ulong Nonce,
    byte[] Hash,
    byte[] Raw,
    string BlockHash,
    ulong SentAtBlock);
