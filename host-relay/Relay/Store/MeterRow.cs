using Helios.Chain;

namespace Helios.Relay;

/// <summary>A meter as the database holds it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Address">Its address.</param>
/// <param name="AcceptedPagination">Highest pagination accepted on chain, as far as seen.</param>
/// <param name="StoredPagination">Highest pagination stored.</param>
internal sealed record MeterRow(
    long Id, Address Address, uint AcceptedPagination, uint StoredPagination);
