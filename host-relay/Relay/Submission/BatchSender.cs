using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Makes transactions of ready readings. Nonce and signed bytes are committed together, then
/// broadcast: after a crash between the two the same bytes are sent.
/// </summary>
internal sealed class BatchSender(
    ChainNode node,
    ChainFollower follower,
    IRelayStore store,
    SenderLease lease,
    RelayOptions options,
    ILogger log)
{
    // A reading whose transaction reverted travels in ever smaller company, then alone.
    private const int ShrinkPerFailure = 8;

    // A reading that cannot even be estimated is left alone for so long, by the chain's clock.
    private const ulong RestAfterRefusalS = 600;

    private readonly SubmissionPolicy _policy = options.Submission;
    private readonly BatchSize _size = new(node, options.Submission);
    private readonly BatchGas _gas = new(node, options, log);

    /// <summary>Whether the sender could not pay for the next transaction.</summary>
    public bool IsBalanceLow { get; private set; }

    /// <summary>
    /// Whether something waits because base fee and tip are above the limit.
    /// </summary>
    public bool IsFeeTooHigh { get; private set; }

    /// <summary>How many readings may go out now, were every batch full.</summary>
    public int RoomForReadings() => Room() * _policy.ReadingsPerTransactionMax;

    /// <summary>Sends as much as may be under way.</summary>
    /// <returns>Transactions sent.</returns>
    public async Task<int> SendAsync(
        IReadOnlyList<ReadyReading> ready, Block head, CancellationToken ct)
    {
        var needed = head.BaseFeePerGasWei + _policy.TipPerGasWei;
        IsFeeTooHigh = needed > _policy.MaxFeePerGasWei
            && (ready.Count > 0 || Room() < _policy.TransactionsInFlightMax);
        if (ready.Count == 0 || follower.IsNonceForeign)
        {
            return 0;
        }

        if (IsFeeTooHigh)
        {
            log.FeeTooHigh($"{needed}", $"{_policy.MaxFeePerGasWei}");
            return 0;
        }

        var fee = UInt128.Min(needed + head.BaseFeePerGasWei, _policy.MaxFeePerGasWei);
        var balance = await node.BalanceWeiAsync(lease.Sender, ct);
        var owed = OwedWei();
        var waiting = new Queue<ReadyReading[]>(await BatchesAsync(ready, ct));
        var sent = 0;
        while (Room() > 0 && waiting.TryDequeue(out var batch))
        {
            var calldata = LedgerCalls.RecordBatch(
                Array.ConvertAll(batch, static one => one.Candidate.Signed));
            if (await _gas.LimitAsync(batch, calldata, head, ct) is { } gasLimit)
            {
                owed += gasLimit * fee;
                if (!CanPay(balance, owed))
                {
                    break;
                }

                sent += await SendAsync(batch, calldata, gasLimit, fee, head, ct);
            }
            else if (batch.Length > 1)
            {
                waiting.Enqueue(batch[..(batch.Length / 2)]);
                waiting.Enqueue(batch[(batch.Length / 2)..]);
            }
            else
            {
                store.Write(connection => ReadingStates.Postpone(
                    connection, batch[0].Candidate.ReadingId, head.Timestamp + RestAfterRefusalS));
            }
        }

        return sent;
    }

    private int Room() => Math.Max(0, _policy.TransactionsInFlightMax
        - store.Read(connection => OutgoingTable.CountSent(connection, lease.Sender)));

    // A batch holds one curve, and readings that reverted as often.
    private async Task<IEnumerable<ReadyReading[]>> BatchesAsync(
        IReadOnlyList<ReadyReading> ready, CancellationToken ct)
    {
        var batches = new List<ReadyReading[]>();
        foreach (var curve in ready.GroupBy(static one => one.Candidate.Signed.Length))
        {
            var sizeMax = await _size.MaxAsync(curve.Key, ct);
            batches.AddRange(curve
                .GroupBy(static one => one.Candidate.Failures)
                .SelectMany(group => group.Chunk(SizeAfter(group.Key, sizeMax))));
        }

        return batches.OrderBy(static batch => batch[0].Candidate.Failures);
    }

    private static int SizeAfter(int failures, int size)
    {
        for (var i = 0; i < failures; i++)
        {
            size = Math.Max(1, size / ShrinkPerFailure);
        }

        return size;
    }

    // Gas limit × fee is what a node wants to see, of every transaction that is under way.
    private UInt128 OwedWei()
    {
        UInt128 owed = 0;
        foreach (var outgoing in store.Read(
            connection => OutgoingTable.SentBy(connection, lease.Sender)))
        {
            var transaction = DynamicFeeTransaction.Parse(outgoing.Raw);
            owed += transaction.GasLimit * transaction.MaxFeePerGasWei;
        }

        return owed;
    }

    private bool CanPay(UInt128 balanceWei, UInt128 owedWei)
    {
        var isLow = balanceWei < owedWei;
        if (isLow && !IsBalanceLow)
        {
            log.BalanceLow(lease.Sender, $"{balanceWei}", $"{owedWei}");
        }

        IsBalanceLow = isLow;
        return !isLow;
    }

    private async Task<int> SendAsync(
        ReadyReading[] batch,
        byte[] calldata,
        ulong gasLimit,
        UInt128 fee,
        Block head,
        CancellationToken ct)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var outgoing = store.Write(connection =>
        {
            lease.Renew(connection, head.Timestamp);
            var transaction = new DynamicFeeTransaction
            {
                ChainId = options.ChainId,
                Nonce = OutgoingTable.NextNonce(
                    connection, lease.Sender, follower.NonceOnChain),
                MaxPriorityFeePerGasWei = UInt128.Min(_policy.TipPerGasWei, fee),
                MaxFeePerGasWei = fee,
                GasLimit = gasLimit,
                To = options.Ledger,
                Calldata = calldata,
            };
            return OutgoingTable.Add(
                connection,
                lease.Sender,
                transaction.Sign(options.Sender),
                Array.ConvertAll(batch, static one => one.Candidate.ReadingId),
                head.Number);
        });
        if (outgoing is null)
        {
            return 0;
        }

        follower.Figures.AddSigned();
        log.Signed(outgoing.Nonce, Hex.Of(outgoing.Hash), batch.Length, gasLimit);
        await follower.BroadcastAsync(outgoing, ct);
        ReadingTrace.Submitted(
            batch.Select(static one => one.Candidate.Signed), startedAt, outgoing);
        return 1;
    }
}
