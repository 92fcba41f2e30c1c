using Helios.Chain;
using Helios.Relay;

namespace Helios.Enrolling;

/// <summary>
/// Looks for readings that cannot both be true in files that relays exported, and hands them in:
/// of each meter one pair. A meter that takes no proof, or whose proof is refused, keeps no other's
/// from being handed in.
/// </summary>
internal static class ProveCloneCommand
{
    public static async Task<int> RunAsync(
        CallerOptions options, string[] paths, TextWriter output, CancellationToken ct)
    {
        var readings = paths.SelectMany(path => SoundIn(path, options.Deployment)).ToArray();
        using var ledger = await LedgerConnection.OpenAsync(options.Deployment, ct);
        var found = await FindAsync(ledger, readings, ct);
        foreach (var (pair, meter) in found.Where(static one => !TakesProof(one.Meter)))
        {
            output.WriteLine(
                $"Meter {pair.First.Meter} is {MeterText.StateOf(meter)}: passed over, though its "
                + $"readings {PaginationsOf(pair)} contradict each other.");
        }

        Contradiction[] pairs =
            [.. found.Where(static one => TakesProof(one.Meter)).Select(static one => one.Pair)];
        return pairs.Length > 0
            ? Refusals.Tell(await HandInAsync(ledger, options.Key, pairs, output, ct))
            : throw new BadInputException(
                $"No{(found.Count > 0 ? " other" : "")} two readings of one meter in "
                    + $"{string.Join(" and ", paths)} contradict each other: nothing is proven.");
    }

    private static async Task<List<(Contradiction Pair, EnrolledMeter Meter)>> FindAsync(
        LedgerConnection ledger, VerifiedReading[] readings, CancellationToken ct)
    {
        var found = new List<(Contradiction, EnrolledMeter)>();
        foreach (var meter in readings.GroupBy(static one => one.Meter))
        {
            // What was signed before the Enrolment or is cleared proves nothing any more.
            var known = await ledger.Directory.MeterAsync(meter.Key, ct);
            var last = Math.Max(known.EnrolledPagination, known.ClearedPagination);
            var pair = Contradiction.In(meter.Where(one => one.Reading.Pagination > last));
            if (pair is not null)
            {
                found.Add((pair, known));
            }
        }

        return found;
    }

    // A suspended one does, so that nobody resumes it before its key was seen to.
    private static bool TakesProof(EnrolledMeter meter) =>
        meter.State is EnrolledState.Active or EnrolledState.Suspended;

    // A sentence for each that is refused.
    private static async Task<List<string>> HandInAsync(
        LedgerConnection ledger, SenderKey key, Contradiction[] pairs, TextWriter output,
        CancellationToken ct)
    {
        var refusals = new List<string>();
        foreach (var pair in pairs)
        {
            try
            {
                await HandInAsync(ledger, key, pair, output, ct);
            }
            catch (BadInputException refusal)
            {
                refusals.Add(
                    $"The proof against {pair.First.Meter} is refused: {refusal.Message}");
            }
        }

        return refusals;
    }

    private static async Task HandInAsync(
        LedgerConnection ledger, SenderKey key, Contradiction pair, TextWriter output,
        CancellationToken ct)
    {
        var (first, second) = (pair.First, pair.Second);
        var block = await ledger.SendAsync(
            key, DirectoryCalls.ProveClone(first.Signed, second.Signed), output, ct);
        output.WriteLine(
            $"Meter {first.Meter} is suspended, in block {block}: its readings "
            + $"{PaginationsOf(pair)} contradict each other.");
    }

    private static string PaginationsOf(Contradiction pair) =>
        $"{pair.First.Reading.Pagination} and {pair.Second.Reading.Pagination}";

    private static IReadOnlyList<VerifiedReading> SoundIn(string path, LedgerOptions deployment)
    {
        var check = CarriedCheck.Of(path, Libsecp256k1.Installed, out var file);
        if (file.ChainId != deployment.ChainId || file.Ledger != deployment.Ledger)
        {
            throw new BadInputException(
                $"{path} is for ledger {file.Ledger} on chain {file.ChainId}, not for "
                    + $"{deployment.Ledger} on chain {deployment.ChainId}: name another file.");
        }

        return check.Sound;
    }
}
