using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Gives transactions that blocks leave out a higher fee: same nonce, same calldata. Each version
/// is committed before it is sent, and any version that is mined is found.
/// </summary>
internal sealed class FeeRaiser(
    ChainFollower follower,
    IRelayStore store,
    SenderLease lease,
    RelayOptions options,
    ILogger log)
{
    private readonly SubmissionPolicy _policy = options.Submission;

    /// <summary>Looks at everything that is under way.</summary>
    public async Task RaiseAsync(Block head, CancellationToken ct)
    {
        if (follower.IsNonceForeign)
        {
            return;
        }

        var waiting = store.Read(
            connection => OutgoingTable.SentBy(connection, lease.Sender))
            .Where(outgoing => Distance(outgoing.SentAtBlock, head.Number)
                >= _policy.RaiseFeeAfterBlocks)
            .ToArray();
        foreach (var outgoing in waiting)
        {
            await RaiseAsync(outgoing, head, ct);
        }
    }

    private async Task RaiseAsync(OutgoingRow outgoing, Block head, CancellationToken ct)
    {
        var before = DynamicFeeTransaction.Parse(outgoing.Raw);
        var fee = UInt128.Max(
            AnEighthMore(before.MaxFeePerGasWei),
            (2 * head.BaseFeePerGasWei) + _policy.TipPerGasWei);
        var tip = AnEighthMore(before.MaxPriorityFeePerGasWei);
        if (fee > _policy.MaxFeePerGasWei)
        {
            // As far as the limit goes, if that is still enough of a rise for a node to take it.
            fee = _policy.MaxFeePerGasWei;
        }

        if (fee < AnEighthMore(before.MaxFeePerGasWei) || tip > fee)
        {
            return;
        }

        var version = (before with { MaxFeePerGasWei = fee, MaxPriorityFeePerGasWei = tip })
            .Sign(options.Sender);
        var raised = store.Write(connection =>
        {
            lease.Renew(connection, head.Timestamp);
            return OutgoingTable.Replace(connection, outgoing, version, head.Number);
        });
        log.FeeRaised(outgoing.Nonce, $"{before.MaxFeePerGasWei}", $"{fee}");
        await follower.BroadcastAsync(raised, ct);
    }

    // In either direction: a height far ahead, which was false, would keep the fee for good. What a
    // rollback of a few blocks brings back is sent again as it was signed.
    private static ulong Distance(ulong one, ulong other) =>
        Math.Max(one, other) - Math.Min(one, other);

    // Nodes take a replacement from 10 % on (geth) or above it (reth), of both fee and tip.
    private static UInt128 AnEighthMore(UInt128 wei) => wei + ((wei + 7) / 8);
}
