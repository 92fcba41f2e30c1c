using Helios.Chain;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>What the books say after a kill loop.</summary>
/// <param name="Figures">In one line.</param>
/// <param name="Findings">What must not be: a sentence each.</param>
internal sealed record KillVerdict(string Figures, IReadOnlyList<string> Findings)
{
    private const int FindingsMax = 20;

    /// <summary>Fails with all that was found.</summary>
    public void AssertNothingFound() =>
        Assert.True(Findings.Count == 0, string.Join(Environment.NewLine, Findings));

    public static async Task<KillVerdict> ReadAsync(
        IReadOnlyList<WorkingMeter> meters,
        ChainBooks chain,
        string database,
        IReadOnlyList<Address> senders,
        ulong whPerCoin)
    {
        using var books = new DatabaseBooks(database);
        var findings = new List<string>();
        var (minted, earned) = (0UL, 0UL);
        foreach (var meter in meters)
        {
            var coins = await chain.MintedOfAsync(meter.Meter.Address);
            (minted, earned) = (minted + coins, earned + (meter.ExportWh / whPerCoin));
            if (coins != meter.ExportWh / whPerCoin)
            {
                findings.Add(
                    $"{meter.Meter.Address} signed {meter.ExportWh} Wh and has {coins} coins");
            }
        }

        var stored = CompareReadings(meters, books, findings);
        var (transactions, lost) = (0UL, 0);
        foreach (var sender in senders)
        {
            var onChain = await chain.TransactionsOfAsync(sender);
            var inBlocks = new List<long>();
            var given = books.Lost(sender);
            foreach (var (nonce, hash) in given)
            {
                if (await chain.ContainsAsync(hash))
                {
                    inBlocks.Add(nonce);
                }
            }

            (transactions, lost) = (transactions + onChain, lost + given.Count);
            CompareNonces(sender, onChain, books.MinedNonces(sender), inBlocks, findings);
        }

        var integrity = books.Integrity();
        if (!string.Equals(integrity, "ok", StringComparison.Ordinal))
        {
            findings.Add($"The database is damaged: {integrity}");
        }

        return new KillVerdict(
            $"{meters.Count} meters signed {meters.Sum(static meter => meter.Signed.Count)} "
            + $"readings, published {meters.Sum(static meter => meter.Published)} times, "
            + $"stored {stored}; coins minted {minted} of {earned}; {transactions} transactions "
            + $"in blocks, {lost} versions given up; integrity {integrity}",
            [.. findings.Take(FindingsMax)]);
    }

    private static int CompareReadings(
        IReadOnlyList<WorkingMeter> meters, DatabaseBooks books, List<string> findings)
    {
        var byAddress = meters.ToDictionary(static meter => meter.Meter.Address);
        var seen = new HashSet<(Address, uint)>();
        foreach (var (meter, pagination, bytes) in books.Readings())
        {
            var signed = byAddress.TryGetValue(meter, out var signer)
                ? signer.Signed.ElementAtOrDefault((int)pagination - 1)
                : null;
            if (signed is null || !signed.AsSpan().SequenceEqual(bytes))
            {
                findings.Add($"{meter} never signed what is stored as its number {pagination}");
            }

            if (!seen.Add((meter, pagination)))
            {
                findings.Add($"{meter}'s number {pagination} is stored twice");
            }
        }

        foreach (var meter in meters)
        {
            for (var pagination = 1u; pagination <= (uint)meter.Signed.Count; pagination++)
            {
                if (!seen.Contains((meter.Meter.Address, pagination)))
                {
                    findings.Add($"{meter.Meter.Address}'s number {pagination} was acknowledged "
                        + "and is not stored");
                }
            }
        }

        return seen.Count;
    }

    // What was given up for dead and is in a block all the same, has its nonce there.
    private static void CompareNonces(
        Address sender, ulong onChain, IReadOnlyList<long> mined, IReadOnlyList<long> lostInBlocks,
        List<string> findings)
    {
        var known = mined.Concat(lostInBlocks).Order().ToArray();
        var expected = Enumerable.Range(0, (int)onChain).Select(static nonce => (long)nonce);
        if (!known.Where(nonce => nonce < (long)onChain).SequenceEqual(expected)
            || mined.Any(nonce => nonce >= (long)onChain))
        {
            findings.Add($"{sender} sent {onChain} transactions, and the database has "
                + $"{mined.Count}: {string.Join(',', mined.Except(expected))} too many, "
                + $"{string.Join(',', expected.Except(known))} missing, "
                + $"{mined.Count - mined.Distinct().Count()} twice");
        }
    }
}
