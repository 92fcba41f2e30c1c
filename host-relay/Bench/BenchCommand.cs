using System.Globalization;
using Helios.Chain;

namespace Helios.Bench;

/// <summary>
/// Loads a relay, its broker and a chain, all on this machine beside the load, and prints what they
/// reach.
/// </summary>
internal sealed class BenchCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private readonly BenchOptions _options;
    private readonly TextWriter _output;
    private readonly BenchDatabases _databases;
    private readonly BenchChain _chain;
    private readonly BenchMeter[] _meters;

    private BenchCommand(
        BenchOptions options,
        TextWriter output,
        BenchDatabases databases,
        BenchChain chain,
        BenchMeter[] meters)
    {
        _options = options;
        _output = output;
        _databases = databases;
        _chain = chain;
        _meters = meters;
    }

    /// <summary>Runs every measurement that the options ask for.</summary>
    public static async Task<int> RunAsync(
        BenchOptions options, TextWriter output, CancellationToken ct)
    {
        await using var databases = new BenchDatabases(options);
        await using var chain = await BenchChain.StartAsync(ct);
        var meters = await chain.MetersAsync(options.Meters, ct);
        var bench = new BenchCommand(options, output, databases, chain, meters);
        bench.Say(
            $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {options.Meters} "
            + $"meters, {options.UnderWay} readings under way, {options.Seconds} s each, SQLite in "
            + options.Folder);
        if (options.Minutes > 0)
        {
            await bench.RunLongAsync(ct);
            return 0;
        }

        await bench.RunPartsAsync(ct);
        await bench.RunPipelineAsync(ct);
        await bench.RunChainAsync(ct);
        return 0;
    }

    private async Task RunPartsAsync(CancellationToken ct)
    {
        if (Libsecp256k1.Installed is not null)
        {
            Say($"signatures alone, libsecp256k1, all cores:"
                + $"{PartsAlone.VerifiedPerSecond(_meters[0], _chain.Ledger, true),8:F0} /s");
        }

        Say($"signatures alone, BouncyCastle, all cores:"
            + $"{PartsAlone.VerifiedPerSecond(_meters[0], _chain.Ledger, false),8:F0} /s");
        Say($"store alone, SQLite, synchronous=FULL:    "
            + $"{PartsAlone.StoredPerSecond(_databases.NewFile(), _chain.Ledger),8:F0} /s");
        if (_options.Postgres is not null)
        {
            var database = await _databases.NewOnServerAsync(ct);
            Say($"store alone, PostgreSQL:                  "
                + $"{PartsAlone.StoredPerSecond(database, _chain.Ledger),8:F0} /s");
        }
    }

    private async Task RunPipelineAsync(CancellationToken ct)
    {
        if (Libsecp256k1.Installed is null)
        {
            Say("libsecp256k1 is not installed (apt-get install libsecp256k1-1).");
        }

        var sqlite = await MeasureAsync("SQLite", [_databases.NewFile()], true, ct);
        await MeasureAsync("SQLite, BouncyCastle", [_databases.NewFile()], false, ct);
        if (_options.Postgres is null)
        {
            Say("PostgreSQL: left out, since --postgres names no server.");
            return;
        }

        var (postgres, oneCpu) = await MeasureAsync(
            "PostgreSQL", [await _databases.NewOnServerAsync(ct)], true, ct);
        var shared = await _databases.NewOnServerAsync(ct);
        var (_, twoCpu) = await MeasureAsync("PostgreSQL, two copies", [shared, shared], true, ct);
        Say($"PostgreSQL is {100 * postgres / sqlite.PerSecond:F0} % of SQLite; two copies cost "
            + $"{twoCpu / oneCpu:F2} times the CPU seconds a reading of one.");
    }

    /// <summary>One load on one or more relays, one for each database named.</summary>
    private async Task<(double PerSecond, double CpuSeconds)> MeasureAsync(
        string name, string[] databases, bool mayUseNative, CancellationToken ct)
    {
        var relays = new List<RelayUnderTest>();
        try
        {
            foreach (var database in databases)
            {
                relays.Add(await StartAsync(database, mayUseNative, ct));
            }

            await using var load = await Load.OpenAsync(
                [.. relays.Select(static relay => relay.BrokerPort)],
                _meters, _options.UnderWay, ct);
            await load.RunAsync(WarmUp, ct);
            var before = relays.Sum(static relay => relay.CpuTime.TotalSeconds);
            var figures = await load.RunAsync(TimeSpan.FromSeconds(_options.Seconds), ct);
            var cpuSeconds = relays.Sum(static relay => relay.CpuTime.TotalSeconds) - before;
            Print(name, figures, cpuSeconds, relays.Max(static relay => relay.MemoryMb));
            return (figures.PerSecond, cpuSeconds / figures.Readings);
        }
        finally
        {
            foreach (var relay in relays)
            {
                await relay.DisposeAsync();
            }
        }
    }

    private async Task RunLongAsync(CancellationToken ct)
    {
        await using var relay = await StartAsync(_databases.NewFile(), true, ct);
        await using var load = await Load.OpenAsync(
            [relay.BrokerPort], _meters, _options.UnderWay, ct);
        for (var minute = 1; minute <= _options.Minutes; minute++)
        {
            var before = relay.CpuTime.TotalSeconds;
            var figures = await load.RunAsync(TimeSpan.FromMinutes(1), ct);
            Print(
                $"minute {minute}",
                figures,
                relay.CpuTime.TotalSeconds - before,
                relay.MemoryMb);
        }
    }

    private async Task RunChainAsync(CancellationToken ct)
    {
        var speed = new ChainSpeed(_chain, await _chain.MetersAsync(_options.ChainMeters, ct));
        var (perSecond, perTransaction) = await speed.OfRelayAsync(_databases.NewFile(), ct);
        Say($"chain: {perSecond:F0} readings/s submitted and in blocks, "
            + $"{perTransaction:F0} a transaction; anvil alone, given as many signed: "
            + $"{await speed.OfNodeAloneAsync(ct):F0} /s");
    }

    private Task<RelayUnderTest> StartAsync(
        string database, bool mayUseNative, CancellationToken ct) =>
        RelayUnderTest.StartAsync(
            _chain,
            database,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HELIOS_LIBSECP256K1"] = mayUseNative ? "true" : "false",
            },
            ct);

    private void Print(string name, LoadFigures figures, double cpuSeconds, long memoryMb) => Say(
        $"{name,-24}{figures.PerSecond,7:F0} readings/s, p50 {figures.WithinMs(500)} ms, p99 "
        + $"{figures.WithinMs(990)} ms, {memoryMb} MB, "
        + $"{1_000_000 * cpuSeconds / figures.Readings:F0} CPU µs a reading");

    private void Say(FormattableString line) =>
        _output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Say(string line) => _output.WriteLine(line);
}
