using Helios.Chain;
using Helios.Relay;

namespace Helios.Enrolling;

/// <summary>
/// Looks for readings that cannot both be true in files that relays exported, and hands them in:
/// of each meter one pair.
/// </summary>
internal static class ProveCloneCommand
{
    public static async Task<int> RunAsync(
        CallerOptions options, string[] paths, TextWriter output, CancellationToken ct)
    {
        var readings = paths.SelectMany(path => SoundIn(path, options.Deployment)).ToArray();
        using var ledger = await LedgerConnection.OpenAsync(options.Deployment, ct);
        var isAnyProven = false;
        foreach (var meter in readings.GroupBy(static one => one.Meter))
        {
            // What was signed before the Enrolment or is cleared proves nothing any more.
            var known = await ledger.Directory.MeterAsync(meter.Key, ct);
            var last = Math.Max(known.EnrolledPagination, known.ClearedPagination);
            var pair = Contradiction.In(meter.Where(one => one.Reading.Pagination > last));
            if (pair is not null)
            {
                await HandInAsync(ledger, options.Key, pair, output, ct);
                isAnyProven = true;
            }
        }

        return isAnyProven
            ? 0
            : throw new BadInputException(
                $"No two readings of one meter in {string.Join(" and ", paths)} contradict each "
                    + "other: nothing is proven.");
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
            + $"{first.Reading.Pagination} and {second.Reading.Pagination} contradict each other.");
    }

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
