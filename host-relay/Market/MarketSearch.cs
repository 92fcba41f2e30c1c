using Helios.Chain;

namespace Helios.Trading;

/// <summary>Searches the blocks of a chain for events of one energy market.</summary>
/// <param name="node">The node to ask.</param>
/// <param name="energyMarket">The contract.</param>
internal sealed class MarketSearch(ChainNode node, Address energyMarket)
{
    private readonly BlockSpans _spans = new();

    /// <summary>What the contract emitted, oldest first.</summary>
    /// <param name="fromBlock">The first block.</param>
    /// <param name="toBlock">The last one.</param>
    /// <param name="read">Reads an event.</param>
    /// <param name="ct">Ends the search.</param>
    /// <param name="topics">The event, then its indexed arguments; null: any.</param>
    public async Task<IReadOnlyList<T>> FindAsync<T>(
        ulong fromBlock,
        ulong toBlock,
        Func<LogEntry, T> read,
        CancellationToken ct,
        params byte[]?[] topics)
    {
        var found = new List<T>();
        await _spans.WalkAsync(
            fromBlock,
            toBlock,
            async (first, last) =>
            {
                var logs = await node.LogsAsync(energyMarket, topics, first, last, ct);
                await RequireReachedAsync(last, toBlock, ct);
                return logs;
            },
            (logs, _) =>
            {
                found.AddRange(logs.Select(read));
                return Task.CompletedTask;
            });
        return found;
    }

    // Some nodes answer for blocks to come with nothing: after one wrong height the walk would
    // hardly ever end.
    private async Task RequireReachedAsync(ulong last, ulong toBlock, CancellationToken ct)
    {
        if (last < toBlock && (await node.LatestBlockAsync(ct)).Number < toBlock)
        {
            throw new FormatException(
                $"The node named block {toBlock} the newest one, and its chain does not reach it.");
        }
    }
}
