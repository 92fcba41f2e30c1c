using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Keeps the database true to the chain: finds receipts, sends again what no block contains, and
/// takes back what a reorg or a node's rollback has undone. A transaction keeps its nonce and
/// calldata.
/// </summary>
internal sealed class ChainFollower(
    ChainNode node,
    LedgerContract ledger,
    IRelayStore store,
    SenderLease lease,
    KnownMeters meters,
    SubmissionPolicy policy,
    ILogger log)
{
    private const int MetersPerRequest = 200;
    private const ulong RenewAfterS = 10;

    private Block? _followed;
    private bool _isAllBroadcast;
    private ulong _renewedAt;
    private ulong _recheckedAt;
    private ulong _nonceExpected;

    /// <summary>What was brought to the chain.</summary>
    public SubmissionFigures Figures { get; } = new();

    /// <summary>The sender's next nonce, as the chain has it.</summary>
    public ulong NonceOnChain { get; private set; }

    /// <summary>
    /// Whether the sender's nonce went further than this relay brought it: somebody else uses the
    /// key, or the node is wrong. Nothing is signed until that is over, or the relay starts anew.
    /// </summary>
    public bool IsNonceForeign { get; private set; }

    /// <summary>
    /// That the node does not take a transaction, and its words; null if it takes them all.
    /// </summary>
    public string? Refusal { get; private set; }

    /// <summary>Brings the database up to this block.</summary>
    /// <returns>Meters of which a reading was accepted.</returns>
    public async Task<IReadOnlyList<KnownMeter>> FollowAsync(Block head, CancellationToken ct)
    {
        var isSameBlock = string.Equals(_followed?.Hash, head.Hash, StringComparison.Ordinal);
        if (isSameBlock && _isAllBroadcast && !IsNonceForeign)
        {
            return [];
        }

        // Before the receipts: a nonce that is used up and has no receipt after that is lost. Of
        // this very block: what a node says after it rolled back makes no gap in what was mined.
        NonceOnChain = await node.TransactionCountAsync(lease.Sender, head, ct);
        Renew(head.Timestamp);
        if (!isSameBlock && (IsAnyMinedUncounted() || !await ExtendsFollowedAsync(head, ct)))
        {
            await TakeBackAsync(ct);
            await CompareRegistersAsync(head, ct);
        }

        if (ChainClock.IsOver(_recheckedAt, policy.RecheckAfterS, head.Timestamp))
        {
            await RecheckAsync(head, ct);
        }

        CloseGaps();
        var accepted = await ConfirmAsync(head, ct);
        if (!isSameBlock)
        {
            await FinalizeAsync(ct);
        }

        _followed = head;
        return accepted;
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
            Refusal = $"The node does not take transaction {outgoing.Nonce} ({reason}).";
            log.NotTaken(outgoing.Nonce, result, reason);
        }
    }

    private void Renew(ulong now)
    {
        if (ChainClock.IsOver(_renewedAt, RenewAfterS, now))
        {
            store.Write(connection => lease.Renew(connection, now));
            _renewedAt = now;
        }
    }

    // A receipt may be of a block beside the one followed, or invented: the chain goes on from the
    // latter, and everything above that nonce would wait in vain.
    private bool IsAnyMinedUncounted() => store.Read(OutgoingTable.Mined).Any(IsUncounted);

    // However deep a rollback goes, the chain then counts fewer transactions of the sender.
    private bool IsUncounted(OutgoingRow outgoing) =>
        outgoing.Sender == lease.Sender && outgoing.Nonce >= NonceOnChain;

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

    private async Task TakeBackAsync(CancellationToken ct)
    {
        foreach (var outgoing in store.Read(OutgoingTable.Mined))
        {
            var receipt = IsUncounted(outgoing) ? null : await FindReceiptAsync(outgoing, ct);
            if (!string.Equals(receipt?.BlockHash, outgoing.BlockHash, StringComparison.Ordinal))
            {
                Figures.AddUndone();
                log.Undone(outgoing.Nonce);
                store.Write(connection => OutgoingTable.Undo(connection, outgoing.Id));
            }
        }
    }

    // What a node said against a reading, it may have said wrongly: it is asked again.
    private async Task RecheckAsync(Block head, CancellationToken ct)
    {
        if (_followed is not null)
        {
            await CompareRegistersAsync(head, ct);
            var again = store.Write(
                connection => ReadingStates.TryAgain(connection, head.Timestamp));
            log.Rechecked(again);
        }

        _recheckedAt = head.Timestamp;
    }

    // Of this very block: what stands in one above it may go again, and nobody would look.
    private async Task CompareRegistersAsync(Block head, CancellationToken ct)
    {
        foreach (var some in store.Read(MeterTable.All).Chunk(MetersPerRequest))
        {
            var registers = await ledger.RegistersOfAsync(
                Array.ConvertAll(some, static meter => meter.Address), head, ct);
            store.Write(connection =>
            {
                for (var i = 0; i < some.Length; i++)
                {
                    if (registers[i].Pagination != some[i].Accepted)
                    {
                        ReadingStates.SetAccepted(connection, some[i].Id, registers[i]);
                    }
                }
            });
            for (var i = 0; i < some.Length; i++)
            {
                meters.Find(some[i].Address)!.AcceptedPagination = registers[i].Pagination;
            }
        }
    }

    private void CloseGaps()
    {
        foreach (var nonce in store.Write(
            connection => OutgoingTable.CloseGaps(connection, lease.Sender, NonceOnChain)))
        {
            log.OutOfReach(nonce, NonceOnChain);
        }
    }

    private async Task<IReadOnlyList<KnownMeter>> ConfirmAsync(Block head, CancellationToken ct)
    {
        var accepted = new List<KnownMeter>();
        var isStart = _followed is null;
        var isAnyNonceTaken = false;
        _isAllBroadcast = true;
        Refusal = null;
        foreach (var outgoing in store.Read(
            connection => OutgoingTable.Sent(connection, lease.Sender, head.Timestamp)))
        {
            var isOwn = outgoing.Sender == lease.Sender;
            if (await FindReceiptAsync(outgoing, ct) is { } receipt)
            {
                // A block above this head waits for its own turn. Were it undone before that, the
                // chain would still go on from this head, and nobody would look again.
                if (receipt.BlockNumber <= head.Number)
                {
                    accepted.AddRange(Confirm(outgoing, receipt));
                }
            }
            else if (isOwn && outgoing.Nonce >= NonceOnChain)
            {
                await BroadcastAsync(outgoing, ct);
            }
            else if (isOwn && !isStart)
            {
                isAnyNonceTaken = true;
            }
            else
            {
                // Nobody here can tell a dead copy's nonce, and its key may have no money left.
                // Should it be mined all the same, the ledger skips what it accepted before.
                log.NonceLost(outgoing.Nonce);
                store.Write(connection => OutgoingTable.Lose(connection, outgoing.Id));
            }
        }

        CheckNonce(isAnyNonceTaken, isStart);
        return accepted;
    }

    private void CheckNonce(bool isAnyTaken, bool isStart)
    {
        var stored = store.Read(
            connection => OutgoingTable.NonceAfterAll(connection, lease.Sender));
        _nonceExpected = Math.Max(_nonceExpected, isStart ? NonceOnChain : stored);
        var isForeign = isAnyTaken || NonceOnChain > _nonceExpected;
        if (isForeign && !IsNonceForeign)
        {
            log.NonceForeign(lease.Sender, NonceOnChain, _nonceExpected);
        }

        IsNonceForeign = isForeign;
    }

    /// <summary>The receipt of whichever version of a transaction a block contains.</summary>
    private async Task<Receipt?> FindReceiptAsync(OutgoingRow outgoing, CancellationToken ct)
    {
        var receipt = await node.ReceiptAsync(outgoing.Hash, ct);
        if (receipt is not null)
        {
            return receipt;
        }

        foreach (var hash in store.Read(
            connection => OutgoingTable.Replaced(connection, outgoing.Id)))
        {
            receipt ??= await node.ReceiptAsync(hash, ct);
        }

        return receipt;
    }

    private List<KnownMeter> Confirm(OutgoingRow outgoing, Receipt receipt)
    {
        var (accepted, skipped) = EventsIn(receipt, outgoing);
        if (!receipt.Succeeded)
        {
            log.Reverted(outgoing.Nonce, Hex.Of(outgoing.Hash), receipt.BlockNumber);
        }

        foreach (var reading in skipped)
        {
            log.Skipped(reading.Meter, reading.Pagination, reading.Reason);
        }

        if (ReadingTrace.IsOn)
        {
            var carried = store.Read(
                connection => ReadingTable.CarriedBy(connection, outgoing.Id));
            ReadingTrace.InBlock(carried, receipt, accepted, skipped);
        }

        store.Write(connection => OutgoingTable.Confirm(
            connection, outgoing, receipt, accepted, skipped));
        Figures.AddConfirmed(receipt, accepted, skipped);
        log.Confirmed(
            outgoing.Nonce, receipt.BlockNumber, accepted.Length, skipped.Length, receipt.GasUsed);
        var known = new List<KnownMeter>(accepted.Length);
        foreach (var reading in accepted)
        {
            if (meters.Find(reading.Meter) is { } meter)
            {
                meter.AcceptedPagination = reading.Pagination;
                known.Add(meter);
            }
        }

        return known;
    }

    // A node may invent events: those of readings that the transaction does not carry are not read.
    private (ReadingAccepted[] Accepted, ReadingSkipped[] Skipped) EventsIn(
        Receipt receipt, OutgoingRow outgoing)
    {
        var accepted = ledger.AcceptedIn(receipt)
            .DistinctBy(static one => (one.Meter, one.Pagination)).ToArray();
        var skipped = ledger.SkippedIn(receipt)
            .DistinctBy(static one => (one.Meter, one.Pagination)).ToArray();
        var carried = store.Read(connection => ReadingTable.ContainedIn(
            connection,
            outgoing.Raw,
            [
                .. accepted.Select(static one => (one.Meter, one.Pagination)),
                .. skipped.Select(static one => (one.Meter, one.Pagination)),
            ]));
        return (
            [.. accepted.Where(one => carried.Contains((one.Meter, one.Pagination)))],
            [.. skipped.Where(one => carried.Contains((one.Meter, one.Pagination)))]);
    }

    private async Task FinalizeAsync(CancellationToken ct)
    {
        if (store.Read(OutgoingTable.Mined).Count == 0)
        {
            return;
        }

        if (await node.FinalBlockAsync(ct) is { } final)
        {
            store.Write(connection => OutgoingTable.Finalize(connection, final.Number));
        }
    }
}
