using Helios.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// What a database of readings and transactions must hold, as lists and ifs: written from the
/// table of <see cref="ReadingStates"/>, without SQL.
/// </summary>
internal sealed class StoreModel
{
    private const int FailuresMax = 4;

    public List<ModelReading> Readings { get; } = [];

    public List<ModelTransaction> Transactions { get; } = [];

    public Dictionary<long, uint> Accepted { get; } = [];

    public AppendOutcome Append(long meter, uint pagination, byte content)
    {
        var known = Readings.Find(one => one.Meter == meter && one.Pagination == pagination);
        if (known is not null)
        {
            return known.Content == content
                ? AppendOutcome.Duplicate
                : AppendOutcome.Conflicting;
        }

        Readings.Add(new ModelReading
        {
            Meter = meter,
            Pagination = pagination,
            Content = content,
        });
        return AppendOutcome.Stored;
    }

    public ulong NextNonce(ulong nonceOnChain) => Transactions
        .Where(static one => one.State is OutgoingState.Sent or OutgoingState.Mined)
        .Select(static one => one.Nonce + 1)
        .Append(nonceOnChain)
        .Max();

    /// <summary>False, and nothing changed, unless every reading is pending.</summary>
    public bool Send(ModelTransaction transaction)
    {
        if (transaction.Contents.Exists(static one => one.State != ReadingState.Pending))
        {
            return false;
        }

        Transactions.Add(transaction);
        foreach (var reading in transaction.Contents)
        {
            (reading.State, reading.In) = (ReadingState.Submitted, transaction);
        }

        return true;
    }

    /// <summary>A block made this of a transaction: counted, put off, or neither.</summary>
    public void Confirm(
        ModelTransaction transaction,
        ulong block,
        IEnumerable<(ModelReading Reading, ulong Coins)> counted,
        IEnumerable<(ModelReading Reading, bool Passes, bool IsTooEarly, long Reason)> putOff)
    {
        (transaction.State, transaction.Block) = (OutgoingState.Mined, block);
        foreach (var (reading, coins) in counted)
        {
            (reading.State, reading.Reason, reading.Coins, reading.In) =
                (ReadingState.Accepted, 0, coins, transaction);
            foreach (var older in Readings.Where(one => one.Meter == reading.Meter
                && one.State == ReadingState.Pending && one.Pagination < reading.Pagination))
            {
                older.State = ReadingState.Superseded;
            }

            Accepted[reading.Meter] = reading.Pagination;
        }

        foreach (var (reading, passes, isTooEarly, reason) in putOff)
        {
            if (reading.In == transaction)
            {
                reading.State = passes ? ReadingState.Pending : ReadingState.Skipped;
                reading.Reason = passes ? 0 : reason;
                reading.In = passes ? null : transaction;
                reading.WasPresented |= isTooEarly;
            }
        }

        foreach (var reading in StillIn(transaction))
        {
            reading.Failures++;
            reading.State = reading.Failures >= FailuresMax
                ? ReadingState.Skipped
                : ReadingState.Pending;
            (reading.Reason, reading.In) = (0, null);
        }
    }

    public void Undo(ModelTransaction transaction)
    {
        transaction.State = OutgoingState.Sent;
        foreach (var reading in Readings.Where(one => one.In == transaction))
        {
            (reading.State, reading.Reason, reading.Coins) = (ReadingState.Submitted, 0, 0);
        }
    }

    public void Lose(ModelTransaction transaction)
    {
        transaction.State = OutgoingState.Lost;
        foreach (var reading in StillIn(transaction))
        {
            (reading.State, reading.In) = (ReadingState.Pending, null);
        }
    }

    /// <summary>
    /// Nonces follow each other from the chain's on; what cannot is lost. Of several lost ones
    /// with a nonce the newest comes back.
    /// </summary>
    public void CloseGaps(ulong nonceOnChain)
    {
        var next = nonceOnChain;
        foreach (var one in Transactions
            .Where(one => one.Nonce >= nonceOnChain && one.State != OutgoingState.Final)
            .OrderBy(static one => one.Nonce).ThenBy(static one => one.State)
            .ThenByDescending(static one => one.Id).ToArray())
        {
            if (one.Nonce == next)
            {
                one.State = one.State == OutgoingState.Lost ? OutgoingState.Sent : one.State;
                next++;
            }
            else if (one.Nonce > next && one.State == OutgoingState.Sent)
            {
                Lose(one);
            }
        }
    }

    public void FinalizeUpTo(ulong block)
    {
        foreach (var one in Transactions.Where(one =>
            one.State == OutgoingState.Mined && one.Block <= block))
        {
            one.State = OutgoingState.Final;
        }
    }

    /// <summary>The ledger stands here with a meter, whoever brought it there.</summary>
    public void SetAccepted(long meter, uint pagination)
    {
        foreach (var reading in Readings.Where(one => one.Meter == meter))
        {
            if (reading.State is ReadingState.Accepted or ReadingState.Superseded
                && reading.Pagination > pagination)
            {
                (reading.State, reading.Reason, reading.Coins, reading.NotBefore, reading.In) =
                    (ReadingState.Pending, 0, 0, 0, null);
            }

            if (reading.State == ReadingState.Pending && reading.Pagination <= pagination)
            {
                reading.State = ReadingState.Superseded;
            }
        }

        Accepted[meter] = pagination;
    }

    public void TryAgain()
    {
        foreach (var reading in Readings.Where(one =>
            one.Pagination > Accepted.GetValueOrDefault(one.Meter)
            && ((one.State == ReadingState.Skipped && one.Reason != 0)
                || (one.State == ReadingState.Pending && one.NotBefore > 0))))
        {
            (reading.State, reading.Reason, reading.NotBefore, reading.Failures, reading.In) =
                (ReadingState.Pending, 0, 0, 0, null);
        }
    }

    /// <summary>Of each meter with nothing under way the newest that waits for nothing.</summary>
    public IEnumerable<(long Meter, uint Pagination, int Failures, bool IsOneHeld)> Candidates(
        ulong now) => Readings.GroupBy(static one => one.Meter)
        .Where(static own => own.All(static one => one.State != ReadingState.Submitted))
        .SelectMany(own => own
            .Where(one => one.State == ReadingState.Pending && one.NotBefore <= now)
            .OrderByDescending(static one => one.Pagination)
            .Take(1)
            .Select(one => (one.Meter, one.Pagination, one.Failures, own.Any(
                static held => held.State == ReadingState.Pending && held.WasPresented))));

    private ModelReading[] StillIn(ModelTransaction transaction) =>
    [
        .. Readings.Where(
            one => one.In == transaction && one.State == ReadingState.Submitted),
    ];
}
