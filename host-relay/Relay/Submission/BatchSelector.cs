using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Chooses what is worth a transaction now: of each meter that this copy serves the newest reading
/// that the ledger itself, asked with a call that costs nothing, would count, and that mints,
/// settles or is due.
/// </summary>
internal sealed class BatchSelector(
    LedgerContract ledger,
    SettlementCheck settlements,
    IRelayStore store,
    SenderLease lease,
    KnownMeters meters,
    SubmissionPolicy policy)
{
    private const int TrialsPerRequest = 200;

    // One round looks one reading further back in every meter that has a reading to put off.
    private const int RoundsMax = 64;
    private const int CandidatesMin = TrialsPerRequest;
    private const int CandidatesMax = 4_000;

    // The ledger keeps the start of a reading that needs longer than this, once it is presented.
    // One a meter at a time: else whoever has a meter's key could have gas spent without end.
    private const ulong PlausibleLagMaxS = 30 * 86_400;

    // A suspended meter, or one that a reorg has un-enrolled, is asked about again so much later.
    private const ulong AskAgainAfterS = 60;

    /// <summary>Ready readings, one a meter, sorted by owner and then meter.</summary>
    /// <param name="head">The newest block.</param>
    /// <param name="room">
    /// How many can be sent now. Those above it would be asked about in vain: with the next block
    /// the ledger may say otherwise.
    /// </param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IReadOnlyList<ReadyReading>> SelectAsync(
        Block head, int room, CancellationToken ct)
    {
        var ready = new Dictionary<long, ReadyReading>();
        if (room == 0
            || !store.Read(connection => ReadingTable.IsAnyDue(connection, head.Timestamp)))
        {
            return [];
        }

        var limit = Math.Clamp(room, CandidatesMin, CandidatesMax);
        store.Write(connection => MeterTable.Claim(
            connection, store.Sql, lease.Id, head.Timestamp, limit));
        for (var round = 0; round < RoundsMax && ready.Count < limit; round++)
        {
            var found = store.Read(connection => ReadingTable.Candidates(
                connection, lease.Id, head.Timestamp, limit));
            var known = found
                .Where(candidate => !ready.ContainsKey(candidate.MeterId))
                .ToLookup(candidate => WasInVain(candidate, head));
            var inVain = new List<Candidate>(known[true]);
            var isAnyPutOff = false;
            foreach (var some in known[false].Chunk(TrialsPerRequest))
            {
                isAnyPutOff |= await TryAsync(some, head, ready, inVain, ct);
            }

            PostponeUntilDue(inVain, head);

            // What came in meanwhile waits for the next pass: this one would have no end.
            if (!isAnyPutOff && found.Count < limit)
            {
                break;
            }
        }

        return [.. ready.Values.OrderBy(one => one.Owner).ThenBy(one => one.Candidate.Meter)];
    }

    private bool WasInVain(Candidate candidate, Block head) =>
        meters.Find(candidate.Meter)!.Tried is { } tried
        && head.Timestamp < candidate.StoredAt + policy.DueAfterS
        && tried == TriedInVain.Of(head.Hash, candidate.Signed);

    private void PostponeUntilDue(List<Candidate> inVain, Block head)
    {
        if (inVain.Count > 0)
        {
            store.Write(connection => ReadingStates.PostponeUntilDue(
                connection,
                inVain.ToDictionary(static one => one.MeterId, static one => one.Pagination),
                policy.DueAfterS,
                head.Timestamp));
        }
    }

    /// <summary>Whether one was put off, and an older one of its meter may take its place.</summary>
    private async Task<bool> TryAsync(
        Candidate[] candidates,
        Block head,
        Dictionary<long, ReadyReading> ready,
        List<Candidate> inVain,
        CancellationToken ct)
    {
        var trials = await ledger.TryReadingsAsync(
            Array.ConvertAll(candidates, static one => (one.Meter, one.Signed)), head, ct);
        await FindOwnersAsync(candidates, ct);
        var settling = await SettlingAsync(candidates, trials, ct);
        var now = head.Timestamp;
        var putOff = new List<(Candidate, MeterOnChain)>();
        for (var i = 0; i < candidates.Length; i++)
        {
            var meter = meters.Find(candidates[i].Meter)!;
            if (settling.Contains(candidates[i]) || IsWorthGas(candidates[i], trials[i], now))
            {
                ready[candidates[i].MeterId] = new ReadyReading(candidates[i], meter.Owner);
            }
            else if (trials[i].Trial.Reason == SkipReason.None)
            {
                meter.Tried = TriedInVain.Of(head.Hash, candidates[i].Signed);
                inVain.Add(candidates[i]);
            }
            else
            {
                putOff.Add((candidates[i], trials[i]));
            }
        }

        if (putOff.Count > 0)
        {
            store.Write(connection => putOff.ForEach(
                one => PutOff(connection, one.Item1, one.Item2, now)));
        }

        return putOff.Count > 0;
    }

    private async Task<HashSet<Candidate>> SettlingAsync(
        Candidate[] candidates, IReadOnlyList<MeterOnChain> trials, CancellationToken ct)
    {
        var mintingFew = candidates.Where((_, i) =>
            trials[i].Trial.Reason == SkipReason.None
            && trials[i].Trial.Coins < policy.CoinsMin).ToArray();
        var settles = await settlements.SettlesAsync(mintingFew, ct);
        return [.. mintingFew.Where((_, i) => settles[i])];
    }

    // An owner who changed makes a batch dearer, not wrong: he is asked for once a process.
    private async Task FindOwnersAsync(Candidate[] candidates, CancellationToken ct)
    {
        var unknown = candidates
            .Select(candidate => meters.Find(candidate.Meter)!)
            .Where(static meter => meter.Owner.IsZero)
            .ToArray();
        var owners = await ledger.OwnersOfAsync(
            Array.ConvertAll(unknown, static meter => meter.Address), ct);
        for (var i = 0; i < unknown.Length; i++)
        {
            unknown[i].Owner = owners[i];
        }
    }

    private static void PutOff(
        System.Data.Common.DbConnection connection, Candidate candidate, MeterOnChain meter,
        ulong now)
    {
        if (meter.Trial.Reason == SkipReason.PaginationNotNewer)
        {
            ReadingStates.SetAccepted(connection, candidate.MeterId, meter.Registers!);
        }
        else if (ReadingStates.Passes(meter.Trial.Reason))
        {
            ReadingStates.Postpone(
                connection, candidate.ReadingId, NotBefore(meter.Trial, now));
        }
        else
        {
            ReadingStates.Skip(connection, candidate.ReadingId, meter.Trial.Reason);
        }
    }

    private bool IsWorthGas(Candidate candidate, MeterOnChain meter, ulong now) =>
        meter.Trial.Reason switch
        {
            SkipReason.None => meter.Trial.Coins >= policy.CoinsMin
                || now >= candidate.StoredAt + policy.DueAfterS,
            SkipReason.NotYetPlausible => !candidate.IsOneHeld
                && meter.Trial.Earliest > meter.Registers!.PlausibleFrom + PlausibleLagMaxS,
            _ => false,
        };

    private static ulong NotBefore(Trial trial, ulong now) =>
        trial.Reason == SkipReason.NotYetPlausible
            ? Math.Max(trial.Earliest, now + 1)
            : now + AskAgainAfterS;
}
