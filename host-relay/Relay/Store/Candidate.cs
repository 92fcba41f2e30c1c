using Helios.Chain;

namespace Helios.Relay;

/// <summary>A pending reading that might go into the next transaction.</summary>
/// <param name="ReadingId">Its row.</param>
/// <param name="MeterId">Its meter's row.</param>
/// <param name="Pagination">Which reading of its meter.</param>
/// <param name="Meter">Its meter.</param>
/// <param name="Signed">The bytes for the ledger.</param>
/// <param name="StoredAt">Unix seconds of the newest block when it was stored.</param>
/// <param name="Failures">Transactions that reverted with it inside.</param>
/// <param name="IsOneHeld">Whether a pending reading of its meter, this one or another, was put off
/// by the power rule in a transaction.</param>
internal sealed record Candidate(
    long ReadingId,
    long MeterId,
    long Pagination,
    Address Meter,
    byte[] Signed,
    ulong StoredAt,
    int Failures,
    bool IsOneHeld);
