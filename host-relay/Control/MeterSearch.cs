using Helios.Chain;

namespace Helios.Control;

/// <summary>
/// Finds the meters that coins were redeemed for, by events. What a node forgets to tell, a later
/// redemption or the setting `meters` makes good; what it invents is left out, because nobody has
/// enrolled it.
/// </summary>
internal sealed class MeterSearch(FinalChain chain, ControlStore store, ulong fromBlock)
{
    private const int MetersPerRequest = 100;

    private readonly BlockSpans _spans = new();

    /// <summary>Searches all blocks up to a final one that were not searched before.</summary>
    public Task FindAsync(Block final, CancellationToken ct) => _spans.WalkAsync(
        store.SearchedTo is { } searched ? searched + 1 : fromBlock,
        final.Number,
        (first, last) => chain.HintsAsync(first, last, ct),
        async (meters, last) => store.Add(await EnrolledAsync(meters, final, ct), last));

    private async Task<IReadOnlyList<Address>> EnrolledAsync(
        IReadOnlyList<Address> meters, Block final, CancellationToken ct)
    {
        var enrolled = new List<Address>();
        foreach (var some in meters.Chunk(MetersPerRequest))
        {
            var there = await chain.AuthorisationsAsync(some, final, ct);
            enrolled.AddRange(some.Where((_, i) => there[i].State != EnrolledState.None));
        }

        return enrolled;
    }
}
