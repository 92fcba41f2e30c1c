using System.Diagnostics;
using Helios.Chain;
using Helios.LocalChain;
using Helios.Relay;

namespace Helios.Bench;

/// <summary>
/// How fast readings come into blocks that are all there at the start, one a meter and worth a
/// coin each.
/// </summary>
internal sealed class ChainSpeed(BenchChain chain, BenchMeter[] meters)
{
    // The relay's, unless its settings say otherwise.
    private static readonly SubmissionPolicy Policy = new();

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // A full batch of new meters and owners needs less (contracts/README.md).
    private const ulong GasLimit = 1 << 24;

    private ulong _exportWh;

    /// <summary>By a relay in whose database they are.</summary>
    /// <returns>Readings a second, and readings in a block: anvil makes one a transaction.</returns>
    public async Task<(double PerSecond, double PerTransaction)> OfRelayAsync(
        string file, CancellationToken ct)
    {
        var readings = NextReadings();
        using (var store = StoreFactory.Open(file, LocalNode.ChainId, chain.Ledger))
        {
            var registers = new MeterRegisters(0, 0, 0, 0, 0, 0);
            var now = (await chain.Node.LatestBlockAsync(ct)).Timestamp;
            store.Write(connection => ReadingTable.Append(
                connection,
                Array.ConvertAll(readings, reading =>
                    (MeterTable.Add(connection, reading.Meter, registers).Id, reading)),
                now));
        }

        var blocks = (await chain.Node.LatestBlockAsync(ct)).Number;
        var coins = await chain.CoinsAsync(ct);
        await using var relay = await RelayUnderTest.StartAsync(
            chain, file, new Dictionary<string, string>(StringComparer.Ordinal), ct);
        var perSecond = await PerSecondAsync(Stopwatch.StartNew(), coins, ct);
        blocks = (await chain.Node.LatestBlockAsync(ct)).Number - blocks;
        return (perSecond, meters.Length / (double)blocks);
    }

    /// <summary>
    /// By nobody: as many transactions of the same size, signed beforehand and handed to the node
    /// one after another. No relay can be faster here.
    /// </summary>
    /// <returns>Readings a second.</returns>
    public async Task<double> OfNodeAloneAsync(CancellationToken ct)
    {
        var sender = new SenderKey(await chain.SenderAsync(ct));
        var transactions = NextReadings()
            .Chunk(Policy.ReadingsPerTransactionMax)
            .Select((batch, nonce) => new DynamicFeeTransaction
            {
                ChainId = LocalNode.ChainId,
                Nonce = (ulong)nonce,
                MaxPriorityFeePerGasWei = Policy.TipPerGasWei,
                MaxFeePerGasWei = Policy.MaxFeePerGasWei,
                GasLimit = GasLimit,
                To = chain.Ledger,
                Calldata = LedgerCalls.RecordBatch(
                    Array.ConvertAll(batch, static one => one.Signed)),
            }.Sign(sender))
            .ToArray();
        var coins = await chain.CoinsAsync(ct);
        var clock = Stopwatch.StartNew();
        foreach (var transaction in transactions)
        {
            await chain.Node.BroadcastAsync(transaction.Raw, ct);
        }

        return await PerSecondAsync(clock, coins, ct);
    }

    private VerifiedReading[] NextReadings()
    {
        _exportWh += BenchChain.WhPerCoin;
        return Array.ConvertAll(meters, meter => meter.Next(_exportWh));
    }

    private async Task<double> PerSecondAsync(
        Stopwatch clock, ulong coinsBefore, CancellationToken ct)
    {
        while (await chain.CoinsAsync(ct) < coinsBefore + (ulong)meters.Length)
        {
            await Task.Delay(Poll, ct);
        }

        return meters.Length / clock.Elapsed.TotalSeconds;
    }
}
