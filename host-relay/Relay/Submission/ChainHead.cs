using Helios.Chain;

namespace Helios.Relay;

/// <summary>The newest block that this process has seen; the relay knows no other clock.</summary>
internal sealed class ChainHead
{
    private readonly ChainNode _node;
    private volatile Block _latest;

    public ChainHead(ChainNode node, Block first)
    {
        _node = node;
        _latest = first;
    }

    /// <summary>As of the last <see cref="RefreshAsync"/>.</summary>
    public Block Latest => _latest;

    /// <summary>Asks the node.</summary>
    public async Task<Block> RefreshAsync(CancellationToken ct) =>
        _latest = await _node.LatestBlockAsync(ct);
}
