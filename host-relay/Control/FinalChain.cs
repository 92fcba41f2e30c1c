using Helios.Chain;
using Helios.Relay;

namespace Helios.Control;

/// <summary>
/// The chain's final state as all nodes tell it alike. A single node is believed; of several, none
/// alone can make a controller sign anything.
/// </summary>
internal sealed class FinalChain
{
    private readonly IReadOnlyList<ChainNode> _nodes;
    private readonly RedemptionsContract[] _redemptions;
    private readonly uint? _confirmations;

    private FinalChain(
        IReadOnlyList<ChainNode> nodes, uint? confirmations, Address redemptions, Address ledger)
    {
        _nodes = nodes;
        _confirmations = confirmations;
        _redemptions = [.. nodes.Select(
            node => new RedemptionsContract(node, redemptions, ledger))];
    }

    /// <summary>The chain, if every node is as the options say.</summary>
    /// <param name="options">Chain, ledger, and what is final.</param>
    /// <param name="nodes">One or more; they stay the caller's.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="StartRefusedException">With one sentence that says what to
    /// change.</exception>
    public static async Task<FinalChain> OpenAsync(
        ControlOptions options, IReadOnlyList<ChainNode> nodes, CancellationToken ct)
    {
        var redemptions = new HashSet<Address>();
        foreach (var node in nodes)
        {
            redemptions.Add(await RedemptionsOfAsync(options, node, ct));
        }

        // A node that may name another contract may name one that authorises anything.
        return redemptions.Count == 1
            ? new FinalChain(nodes, options.Confirmations, redemptions.Single(), options.Ledger)
            : throw new StartRefusedException(
                $"The nodes disagree about the redemptions of ledger {options.Ledger} "
                + $"({string.Join(", ", redemptions)}): correct rpcUrl or secondRpcUrl.");
    }

    /// <summary>The newest blocks that the nodes hold for final.</summary>
    /// <exception cref="NodesDisagreeException">They are not on one chain.</exception>
    public async Task<FinalBlocks> NewestAsync(CancellationToken ct)
    {
        var newest = await Task.WhenAll(_nodes.Select(node => NewestOfAsync(node, ct)));
        var (lowest, slowest) = newest.Zip(_nodes).MinBy(static pair => pair.First.Number);
        await RequireAsync(lowest, ct);
        return new FinalBlocks(
            lowest, slowest.Url, newest.Max(static block => block.Number));
    }

    /// <summary>The block of a height, which is final.</summary>
    /// <exception cref="NodesDisagreeException">The nodes name several.</exception>
    public async Task<Block> AtAsync(ulong number, CancellationToken ct)
    {
        var block = await BlockOfAsync(_nodes[0], number, ct);
        await RequireAsync(block, ct);
        return block;
    }

    /// <summary>What meters may do, as of a final block, in the order given.</summary>
    /// <exception cref="NodesDisagreeException">The nodes say different things.</exception>
    public async Task<IReadOnlyList<MeterAuthorisation>> AuthorisationsAsync(
        IReadOnlyList<Address> meters, Block final, CancellationToken ct)
    {
        var answers = await Task.WhenAll(_redemptions.Select(
            one => one.AuthorisationsAsync(meters, final, ct)));
        for (var node = 1; node < answers.Length; node++)
        {
            for (var i = 0; i < meters.Count; i++)
            {
                if (answers[node][i] != answers[0][i])
                {
                    throw new NodesDisagreeException(
                        $"Meter {meters[i]} in block {final.Number}: {_nodes[0].Url} says "
                        + $"{answers[0][i]}, {_nodes[node].Url} says {answers[node][i]}.");
                }
            }
        }

        return answers[0];
    }

    /// <summary>
    /// The meters that coins were redeemed for in these blocks, if any node says so: a hint, which
    /// costs a look at the state.
    /// </summary>
    public async Task<IReadOnlyList<Address>> HintsAsync(
        ulong fromBlock, ulong toBlock, CancellationToken ct)
    {
        var answers = await Task.WhenAll(_redemptions.Select(
            one => one.RedeemedForAsync(fromBlock, toBlock, ct)));
        return [.. answers.SelectMany(static meters => meters).Distinct()];
    }

    private static async Task<Address> RedemptionsOfAsync(
        ControlOptions options, ChainNode node, CancellationToken ct)
    {
        var ledger = new LedgerContract(node, options.Ledger);
        await DeploymentCheck.RunAsync(node, ledger, options.ChainId, ct);
        try
        {
            return await ledger.RedemptionsAsync(ct);
        }
        catch (Exception failure) when (failure
            is NodeUnreachableException or NodeRefusedException or FormatException)
        {
            throw new StartRefusedException(
                $"The node at {node.Url} does not say where the redemptions of ledger "
                + $"{options.Ledger} are ({failure.Message.TrimEnd('.')}): correct ledger.",
                failure);
        }
    }

    private async Task<Block> NewestOfAsync(ChainNode node, CancellationToken ct)
    {
        if (_confirmations is not { } confirmations)
        {
            return await node.BlockAsync("finalized", ct);
        }

        var head = await node.LatestBlockAsync(ct);
        return await BlockOfAsync(node, head.Number - Math.Min(confirmations, head.Number), ct);
    }

    // The time too: it is kept with what is signed.
    private async Task RequireAsync(Block block, CancellationToken ct)
    {
        foreach (var node in _nodes)
        {
            var its = await BlockOfAsync(node, block.Number, ct);
            if ((its.Hash, its.Timestamp) != (block.Hash, block.Timestamp))
            {
                throw new NodesDisagreeException(
                    $"Block {block.Number} is {its.Hash} of {its.Timestamp} to {node.Url}, and "
                    + $"{block.Hash} of {block.Timestamp} to another.");
            }
        }
    }

    private static Task<Block> BlockOfAsync(ChainNode node, ulong number, CancellationToken ct) =>
        node.BlockAsync(Hex.Of((UInt128)number), ct);
}
