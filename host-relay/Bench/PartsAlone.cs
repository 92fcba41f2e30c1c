using System.Buffers;
using System.Diagnostics;
using Helios.Chain;
using Helios.LocalChain;
using Helios.Messaging;
using Helios.Relay;

namespace Helios.Bench;

/// <summary>What parts of the relay reach with nothing beside them.</summary>
internal static class PartsAlone
{
    private const int Rows = 500;
    private const int MeterCount = 50;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    /// <summary>Readings verified in a second, by all cores together.</summary>
    public static double VerifiedPerSecond(BenchMeter meter, Address ledger, bool isNative)
    {
        var verifier = new ReadingVerifier(
            LocalNode.ChainId, ledger, isNative ? Libsecp256k1.Installed : null);
        var topic = Topics.Build(TopicKind.Reading, meter.Address.ToArray());
        var payload = new ReadOnlySequence<byte>(meter.Next(0).Signed);
        long verified = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            long mine = 0;
            for (; clock.Elapsed < Length; mine++)
            {
                if (verifier.Verify(topic, payload, out var reason) is null)
                {
                    throw new InvalidOperationException($"Not verified: {reason}.");
                }
            }

            Interlocked.Add(ref verified, mine);
        });
        return verified / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Readings stored in a second, 500 a commit, one commit after another.</summary>
    public static double StoredPerSecond(string database, Address ledger)
    {
        using var store = StoreFactory.Open(database, LocalNode.ChainId, ledger);
        var meters = Enumerable.Range(0, MeterCount)
            .Select(_ => new BenchMeter(LocalNode.ChainId, ledger))
            .ToArray();
        var registers = new MeterRegisters(0, 0, 0, 0, 0, 0);
        var ids = Array.ConvertAll(meters, meter => store.Write(
            connection => MeterTable.Add(connection, meter.Address, registers).Id));
        long stored = 0;
        var clock = new Stopwatch();
        while (clock.Elapsed < Length)
        {
            var group = Enumerable.Range(0, Rows)
                .Select(i => (ids[i % MeterCount], meters[i % MeterCount].Next(0)))
                .ToArray();
            clock.Start();
            stored += store.Write(connection => ReadingTable.Append(connection, group, 1)).Length;
            clock.Stop();
        }

        return stored / clock.Elapsed.TotalSeconds;
    }
}
