namespace Helios.Chain;

/// <summary>The ledger's event: a reading of a batch did not count.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Meter">Who signed it; zero where no signer can be recovered.</param>
/// <param name="Pagination">Which reading.</param>
/// <param name="Reason">Why.</param>
public sealed record ReadingSkipped(uint Index, Address Meter, uint Pagination, SkipReason Reason);
