using Helios.Chain;

namespace Helios.Control;

/// <summary>
/// Finds the meters that coins were redeemed for, by events. What a node forgets to tell, a later
/// redemption or the setting `meters` makes good; what it invents is left out, because nobody has
/// enrolled it.
/// </summary>
internal sealed class MeterSearch(FinalChain chain, ControlStore store, ulong fromBlock)
{
    // Nodes limit the blocks, or the events, of one question, each in its own way.
    private const ulong BlocksMax = 10_000;
    private const int MetersPerRequest = 100;

    private ulong _blocksAtOnce = BlocksMax;

    /// <summary>Searches all blocks up to a final one that were not searched before.</summary>
    public async Task FindAsync(Block final, CancellationToken ct)
    {
        var next = store.SearchedTo is { } searched ? searched + 1 : fromBlock;
        while (next <= final.Number)
        {
            var last = Math.Min(next + _blocksAtOnce - 1, final.Number);
            if (await TryHintsAsync(next, last, ct) is { } meters)
            {
                store.Add(await EnrolledAsync(meters, final, ct), last);
                next = last + 1;
            }
        }
    }

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

    /// <summary>Null if it must be asked again, with fewer blocks.</summary>
    private async Task<IReadOnlyList<Address>?> TryHintsAsync(
        ulong first, ulong last, CancellationToken ct)
    {
        try
        {
            return await chain.HintsAsync(first, last, ct);
        }
        catch (NodeRefusedException) when (last > first)
        {
            _blocksAtOnce = Math.Max((last - first + 1) / 2, 1);
            return null;
        }
    }
}
