using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Keeps the database true to the chain: finds receipts, sends again what no block contains, and
/// takes back what a reorg or a node's rollback has undone. Nothing is rebuilt: a transaction
/// keeps its nonce and bytes.
/// </summary>
internal sealed class ChainFollower(
    ChainNode node, LedgerContract ledger, RelayDatabase database, Address sender, ILogger log)
{
    // Deeper than any reorg of a chain that finalizes after two epochs of 32 blocks.
    private const ulong ReorgDepthMax = 64;
    private const int MetersPerRequest = 200;

    private Block? _followed;
    private bool _isAllBroadcast;

    /// <summary>The sender's next nonce, as the chain has it.</summary>
    public ulong NonceOnChain { get; private set; }

    /// <summary>Brings the database up to this block.</summary>
    /// <returns>Meters of which a reading was accepted.</returns>
    public async Task<IReadOnlyList<Address>> FollowAsync(Block head, CancellationToken ct)
    {
        var isSameBlock = string.Equals(_followed?.Hash, head.Hash, StringComparison.Ordinal);
        if (isSameBlock && _isAllBroadcast)
        {
            return [];
        }

        // Before the receipts: a nonce that is used up and has no receipt after that is lost.
        NonceOnChain = await node.TransactionCountAsync(sender, ct);
        if (!isSameBlock && !await ExtendsFollowedAsync(head, ct))
        {
            await RecheckAsync(head, ct);
        }

        CloseGaps();
        var accepted = await ConfirmAsync(ct);
        _followed = head;
        return accepted;
    }

    /// <summary>False at the start and where blocks that were followed are gone.</summary>
    private async Task<bool> ExtendsFollowedAsync(Block head, CancellationToken ct)
    {
        if (_followed is null || head.Number <= _followed.Number)
        {
            return false;
        }

        if (head.Number == _followed.Number + 1)
        {
            return string.Equals(head.ParentHash, _followed.Hash, StringComparison.Ordinal);
        }

        var then = await node.BlockAsync(Hex.Of((UInt128)_followed.Number), ct);
        return string.Equals(then.Hash, _followed.Hash, StringComparison.Ordinal);
    }

    private async Task RecheckAsync(Block head, CancellationToken ct)
    {
        var since = head.Number > ReorgDepthMax ? head.Number - ReorgDepthMax : 0;
        var recent = database.Read(connection => OutgoingTable.MinedSince(connection, since));
        foreach (var outgoing in recent)
        {
            var receipt = await node.ReceiptAsync(outgoing.Hash, ct);
            if (!string.Equals(receipt?.BlockHash, outgoing.BlockHash, StringComparison.Ordinal))
            {
                Undo(outgoing);
            }
        }

        // However deep a rollback goes, the chain then counts fewer transactions of the sender.
        foreach (var outgoing in database.Read(
            connection => OutgoingTable.MinedFrom(connection, sender, NonceOnChain)))
        {
            Undo(outgoing);
        }

        await CompareRegistersAsync(ct);
    }

    private void Undo(OutgoingRow outgoing)
    {
        log.Undone(outgoing.Nonce);
        database.Write(connection => OutgoingTable.Undo(connection, outgoing));
    }

    private async Task CompareRegistersAsync(CancellationToken ct)
    {
        var meters = database.Read(ReadingTable.Meters);
        foreach (var some in meters.Chunk(MetersPerRequest))
        {
            var registers = await ledger.RegistersOfAsync(
                Array.ConvertAll(some, static meter => meter.Address), ct);
            database.Write(connection =>
            {
                for (var i = 0; i < some.Length; i++)
                {
                    if (registers[i].Pagination != some[i].AcceptedPagination)
                    {
                        ReadingTable.SetAccepted(connection, some[i].Id, registers[i]);
                    }
                }
            });
        }
    }

    private void CloseGaps()
    {
        foreach (var nonce in database.Write(
            connection => OutgoingTable.CloseGaps(connection, sender, NonceOnChain)))
        {
            log.OutOfReach(nonce, NonceOnChain);
        }
    }

    private async Task<IReadOnlyList<Address>> ConfirmAsync(CancellationToken ct)
    {
        var accepted = new List<Address>();
        _isAllBroadcast = true;
        foreach (var outgoing in database.Read(OutgoingTable.Sent))
        {
            var receipt = await node.ReceiptAsync(outgoing.Hash, ct);
            if (receipt is not null)
            {
                accepted.AddRange(Confirm(outgoing, receipt));
            }
            else if (outgoing.Sender != sender || outgoing.Nonce < NonceOnChain)
            {
                // Another key's may have no money left, and nobody here can tell its nonce. Should
                // it be mined all the same, the ledger skips what it accepted before.
                log.NonceLost(outgoing.Nonce);
                database.Write(connection => OutgoingTable.Lose(connection, outgoing.Id));
            }
            else
            {
                await BroadcastAsync(outgoing, ct);
            }
        }

        return accepted;
    }

    private IReadOnlyList<Address> Confirm(OutgoingRow outgoing, Receipt receipt)
    {
        var accepted = ledger.AcceptedIn(receipt);
        var skipped = ledger.SkippedIn(receipt);
        if (!receipt.Succeeded)
        {
            log.Reverted(outgoing.Nonce, Hex.Of(outgoing.Hash), receipt.BlockNumber);
        }

        foreach (var reading in skipped)
        {
            log.Skipped(reading.Meter, reading.Pagination, reading.Reason);
        }

        var meters = database.Write(connection => OutgoingTable.Confirm(
            connection, outgoing, receipt, accepted, skipped));
        log.Confirmed(
            outgoing.Nonce, receipt.BlockNumber, accepted.Count, skipped.Count, receipt.GasUsed);
        return meters;
    }

    /// <summary>Sends stored bytes, for the first time or again.</summary>
    public async Task BroadcastAsync(OutgoingRow outgoing, CancellationToken ct)
    {
        // Unless an answer says otherwise, it is not in the pool: an exception leaves this
        // standing.
        var wereAllBroadcast = _isAllBroadcast;
        _isAllBroadcast = false;

        var (result, reason) = await node.BroadcastAsync(outgoing.Raw, ct);
        if (result == BroadcastResult.InPool)
        {
            _isAllBroadcast = wereAllBroadcast;
            return;
        }

        // A nonce that is too low may be its own: the receipt decides, with the next look.
        if (result != BroadcastResult.NonceTooLow)
        {
            log.NotTaken(outgoing.Nonce, result, reason);
        }
    }
}
