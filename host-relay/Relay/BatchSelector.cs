using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Chooses what is worth a transaction now: of each meter the newest reading that the ledger
/// itself, asked with a call that costs nothing, would count, and that mints or is due.
/// </summary>
internal sealed class BatchSelector(
    LedgerContract ledger, RelayDatabase database, SubmissionPolicy policy)
{
    private const int TrialsPerRequest = 100;

    // One round looks one reading further back in every meter that has a reading to put off.
    private const int RoundsMax = 64;
    private const int CandidatesMax = 4_000;

    // The ledger keeps the start of a reading that needs longer than this, once it is presented.
    // One a meter at a time: else whoever has a meter's key could have gas spent without end.
    private const ulong PlausibleLagMaxS = 30 * 86_400;

    // A suspended meter, or one that a reorg has un-enrolled, is asked about again so much later.
    private const ulong AskAgainAfterS = 60;

    /// <summary>Ready readings, one a meter, sorted by owner and then meter.</summary>
    public async Task<IReadOnlyList<ReadyReading>> SelectAsync(Block head, CancellationToken ct)
    {
        var ready = new Dictionary<long, ReadyReading>();
        for (var round = 0; round < RoundsMax; round++)
        {
            var candidates = database
                .Read(connection => ReadingTable.Candidates(
                    connection, head.Timestamp, CandidatesMax))
                .Where(candidate => !ready.ContainsKey(candidate.MeterId))
                .ToArray();
            if (candidates.Length == 0)
            {
                break;
            }

            foreach (var some in candidates.Chunk(TrialsPerRequest))
            {
                await TryAsync(some, head.Timestamp, ready, ct);
            }
        }

        return [.. ready.Values.OrderBy(one => one.Owner).ThenBy(one => one.Candidate.Meter)];
    }

    private async Task TryAsync(
        Candidate[] candidates,
        ulong now,
        Dictionary<long, ReadyReading> ready,
        CancellationToken ct)
    {
        var meters = await ledger.TryReadingsAsync(
            Array.ConvertAll(candidates, static one => (one.Meter, one.Signed)), ct);
        database.Write(connection =>
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                var (candidate, meter) = (candidates[i], meters[i]);
                if (IsWorthGas(candidate, meter, now))
                {
                    ready.Add(candidate.MeterId, new ReadyReading(candidate, meter.Owner));
                    continue;
                }

                if (meter.Trial.Reason == SkipReason.PaginationNotNewer)
                {
                    ReadingTable.SetAccepted(connection, candidate.MeterId, meter.Registers);
                }
                else if (IsForGood(meter.Trial.Reason))
                {
                    ReadingTable.Skip(connection, candidate.ReadingId, meter.Trial.Reason);
                }
                else
                {
                    ReadingTable.Postpone(
                        connection, candidate.ReadingId, NotBefore(candidate, meter.Trial, now));
                }
            }
        });
    }

    private bool IsWorthGas(Candidate candidate, MeterOnChain meter, ulong now) =>
        meter.Trial.Reason switch
        {
            SkipReason.None => meter.Trial.Coins >= policy.CoinsMin
                || now >= candidate.StoredAt + policy.DueAfterS,
            SkipReason.NotYetPlausible => !candidate.IsOneHeld
                && meter.Trial.Earliest > meter.Registers.PlausibleFrom + PlausibleLagMaxS,
            _ => false,
        };

    private static bool IsForGood(SkipReason reason) =>
        reason is SkipReason.SignatureInvalid or SkipReason.RegisterDecreased;

    private ulong NotBefore(Candidate candidate, Trial trial, ulong now) => trial.Reason switch
    {
        SkipReason.None => candidate.StoredAt + policy.DueAfterS,
        SkipReason.NotYetPlausible => Math.Max(trial.Earliest, now + 1),
        _ => now + AskAgainAfterS,
    };
}
