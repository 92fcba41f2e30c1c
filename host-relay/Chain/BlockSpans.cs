namespace Helios.Chain;

/// <summary>
/// Walks blocks in spans that a node answers for: each node limits the blocks, or the events, of
/// one question in its own way.
/// </summary>
internal sealed class BlockSpans
{
    private const ulong BlocksMax = 10_000;

    private ulong _blocksAtOnce = BlocksMax;

    /// <summary>Asks about all blocks from one to another, in their order.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">The last one.</param>
    /// <param name="ask">Asks about a span, both ends included.</param>
    /// <param name="take">Takes the answer about all blocks up to one.</param>
    /// <exception cref="NodeRefusedException">The node does not answer for a single
    /// block.</exception>
    public async Task WalkAsync<TAnswer>(
        ulong first,
        ulong last,
        Func<ulong, ulong, Task<TAnswer>> ask,
        Func<TAnswer, ulong, Task> take)
    {
        while (first <= last)
        {
            var end = Math.Min(first + _blocksAtOnce - 1, last);
            TAnswer answer;
            try
            {
                answer = await ask(first, end);
            }
            catch (NodeRefusedException) when (end > first)
            {
                _blocksAtOnce = Math.Max((end - first + 1) / 2, 1);
                continue;
            }

            await take(answer, end);
            first = end + 1;
        }
    }
}
