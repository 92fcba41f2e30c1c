using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// Which blocks a search has not looked at for good: those of the last minutes it looks at again,
/// since a reorg may have put something into them.
/// </summary>
internal sealed class UnseenBlocks
{
    private const ulong ReorgBlocks = 64;

    private readonly ulong _start;

    /// <param name="start">Where the search begins.</param>
    public UnseenBlocks(ulong start)
    {
        (_start, First) = (start, start);
    }

    /// <summary>The first block to look at.</summary>
    public ulong First { get; private set; }

    /// <summary>Takes note that all blocks up to one were looked at.</summary>
    public void Seen(Block head) => First = Math.Max(
        _start, head.Number - Math.Min(ReorgBlocks, head.Number));
}
