using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Brings carried readings to the ledger with transactions of its own, and with no database: of
/// each meter the newest that the ledger, asked with a call that costs nothing, would count.
/// </summary>
internal sealed class StraightSubmission(
    ChainNode node, LedgerContract ledger, RelayOptions options, TextWriter output)
{
    private const int TrialsPerRequest = 200;

    private readonly Wallet _wallet = new(node, options.ChainId, options.Sender);
    private readonly BatchSize _size = new(node, options.Submission);

    /// <summary>Submits, and waits until blocks contain it.</summary>
    /// <returns>A sentence for each meter of which no reading counts.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<VerifiedReading> readings, Block head, CancellationToken ct)
    {
        var (chosen, refusals) = await ChooseAsync(readings, ct);
        if (chosen.Count > 0 && head.BaseFeePerGasWei > options.Submission.MaxFeePerGasWei)
        {
            throw new BadInputException(
                $"The base fee is {head.BaseFeePerGasWei} wei per gas: wait until it falls, or "
                    + "raise maxFeeGwei.");
        }

        foreach (var curve in chosen.GroupBy(static one => one.Signed.Length))
        {
            foreach (var batch in curve.Chunk(await _size.MaxAsync(curve.Key, ct)))
            {
                await SendAsync(batch, ct);
            }
        }

        return refusals;
    }

    private async Task<(List<VerifiedReading> Chosen, List<string> Refusals)> ChooseAsync(
        IReadOnlyList<VerifiedReading> readings, CancellationToken ct)
    {
        var (chosen, refusals) = (new List<VerifiedReading>(), new List<string>());
        var waiting = readings
            .GroupBy(static one => one.Meter)
            .Select(static group => new Queue<VerifiedReading>(
                group.OrderByDescending(static one => one.Reading.Pagination)))
            .ToArray();

        var firstReasons = new Dictionary<Address, SkipReason>();

        // Each round looks one reading further back in every meter whose newer ones do not count.
        while (waiting.Length > 0)
        {
            var reasons = await TryAsync(
                Array.ConvertAll(waiting, static queue => queue.Peek()), ct);
            var undecided = new List<Queue<VerifiedReading>>();
            foreach (var (queue, reason) in waiting.Zip(reasons))
            {
                var reading = queue.Dequeue();
                firstReasons.TryAdd(reading.Meter, reason);
                if (reason == SkipReason.None)
                {
                    chosen.Add(reading);
                }
                else if (reason == SkipReason.PaginationNotNewer || queue.Count == 0)
                {
                    refusals.Add(Refusal(reading.Meter, firstReasons[reading.Meter]));
                }
                else
                {
                    undecided.Add(queue);
                }
            }

            waiting = [.. undecided];
        }

        return (await SortAsync(chosen, ct), refusals);
    }

    private static string Refusal(Address meter, SkipReason reason) =>
        reason == SkipReason.PaginationNotNewer
            ? $"Meter {meter}: the ledger has all of this file or newer; nothing is sent."
            : $"Meter {meter}: no reading that is new counts now ({reason}); try later.";

    private async Task<SkipReason[]> TryAsync(VerifiedReading[] readings, CancellationToken ct)
    {
        var reasons = new List<SkipReason>(readings.Length);
        foreach (var some in readings.Chunk(TrialsPerRequest))
        {
            var trials = await ledger.TryReadingsAsync(
                Array.ConvertAll(some, static one => (one.Meter, one.Signed)), null, ct);
            reasons.AddRange(trials.Select(static one => one.Trial.Reason));
        }

        return [.. reasons];
    }

    // Equal owners side by side cost one mint.
    private async Task<List<VerifiedReading>> SortAsync(
        List<VerifiedReading> chosen, CancellationToken ct)
    {
        var owners = await ledger.OwnersOfAsync(
            [.. chosen.Select(static one => one.Meter)], ct);
        return [.. chosen.Zip(owners).OrderBy(static pair => pair.Second)
            .ThenBy(static pair => pair.First.Meter).Select(static pair => pair.First)];
    }

    private async Task SendAsync(VerifiedReading[] batch, CancellationToken ct)
    {
        var calldata = LedgerCalls.RecordBatch(
            Array.ConvertAll(batch, static one => one.Signed));
        var hash = await _wallet.SendAsync(ledger.Address, calldata, ct);
        output.WriteLine($"Sent transaction {Hex.Of(hash)} with {batch.Length} readings.");
        var receipt = await _wallet.ConfirmedAsync(hash, ct);
        if (!receipt.Succeeded)
        {
            throw new BadInputException(
                $"The transaction reverted in block {receipt.BlockNumber}: nothing of it counts.");
        }

        var accepted = ledger.AcceptedIn(receipt);
        output.WriteLine(
            $"Block {receipt.BlockNumber}: {accepted.Count} accepted, "
            + $"{accepted.Sum(static one => (decimal)one.Coins)} coins minted, "
            + $"{receipt.GasUsed} gas.");
        foreach (var skipped in ledger.SkippedIn(receipt))
        {
            output.WriteLine(
                $"Skipped: reading {skipped.Pagination} of {skipped.Meter} ({skipped.Reason}).");
        }
    }
}
