using System.Diagnostics;
using Helios.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Meters at work while something is killed again and again; then the books, read apart from the
/// code that is on trial: the meters' own, the chain's and the database's.
/// </summary>
internal sealed class KillLoop : IAsyncDisposable
{
    private const int WhPerCoin = 100;
    private const int Connections = 8;

    // A killed anvil forgets so many blocks at most.
    private const int BlocksPerSave = 5;

    // Plausible by the power rule for months of what a run can count.
    private const ulong HeadStartS = 20 * 86_400;

    private static readonly int MetersPerConnection = Night.Or(48, 12);
    private static readonly TimeSpan BlockInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _end =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private readonly List<SupervisedRelay> _relays = [];
    private readonly Random _random = new(Night.Seed);
    private readonly Dictionary<string, int> _kills = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("helios-anvil-");
    private Task _mining = Task.CompletedTask;
    private WorkingMeter[] _meters = [];

    private KillLoop(Deployment deployment)
    {
        Deployment = deployment;
    }

    public Deployment Deployment { get; }

    private string StateFile => Path.Combine(_folder.FullName, "state.json");

    public static async Task<KillLoop> StartAsync()
    {
        var deployment = await Deployment.StartAsync("--no-mining");
        var loop = new KillLoop(deployment);
        var meters = await deployment.MetersAsync(Connections * MetersPerConnection);
        await deployment.MineAsync(HeadStartS);
        loop._meters = [.. meters.Select(static (one, i) => new WorkingMeter(one, Night.Seed + i))];
        return loop;
    }

    /// <summary>Variables of a relay that this loop starts.</summary>
    public Dictionary<string, string> Variables(string secret, string database, int brokerPort) =>
        new(Program.HostRelay.Variables(
            Deployment.Options() with { DatabasePath = database }, secret))
        {
            ["HELIOS_BROKER_PORT"] = $"{brokerPort}",
            ["HELIOS_POLL_MS"] = "100",
            ["HELIOS_READINGS_PER_METER_PER_S"] = "0",
            ["HELIOS_MESSAGES_PER_CONNECTION_PER_S"] = "0",
        };

    /// <summary>A relay that is killed, or that must live through the killing of others.</summary>
    public SupervisedRelay AddRelay(IReadOnlyDictionary<string, string> variables)
    {
        _relays.Add(new SupervisedRelay(variables));
        return _relays[^1];
    }

    /// <summary>The chain, with a rollback of some blocks at each kill.</summary>
    public Victim Chain() => new(
        "anvil",
        Deployment.Anvil.KillAsync,
        () => Deployment.Anvil.StartAgainAsync("--load-state", StateFile));

    /// <summary>Kills at random, between acknowledgements, until both figures are met.</summary>
    public async Task RunAsync(
        string name,
        IReadOnlyList<Victim> victims,
        int kills,
        int readings,
        Func<int> port,
        string database,
        params Address[] senders)
    {
        // Enrolments stand in the file before the first kill, so that no rollback undoes them.
        await Deployment.Anvil.SaveAsync(StateFile, _end.Token);
        var clock = Stopwatch.StartNew();
        _mining = MineAsync();
        var groups = _meters.Chunk(MetersPerConnection)
            .Select(some => new WorkingMeters(port, some)).ToArray();
        var working = groups.Select(group => group.RunAsync(_end.Token)).ToArray();

        for (var kill = 0; kill < kills || Signed() < readings; kill++)
        {
            await ProgressAsync(readings / kills);
            var victim = victims[_random.Next(victims.Count)];
            _kills[victim.Name] = _kills.GetValueOrDefault(victim.Name) + 1;
            await victim.KillAsync();
            await Task.Delay(_random.Next(100), _end.Token);
            await victim.StartAgainAsync();
        }

        foreach (var group in groups)
        {
            group.StopSigning();
        }

        await InTimeAsync(Task.WhenAll(working), "deliver the last readings");
        using var chain = new ChainBooks(Deployment.RpcUrl, Deployment.Ledger.Address);
        await InTimeAsync(SettledAsync(chain, database), "bring the last readings to the chain");
        await StopAsync();
        foreach (var group in groups)
        {
            group.Dispose();
        }

        var verdict = await KillVerdict.ReadAsync(_meters, chain, database, senders, WhPerCoin);
        Night.Print(
            $"{name}, seed {Night.Seed}: kills {string.Join(", ", _kills.Select(
                static pair => $"{pair.Key} {pair.Value}"))}; {verdict.Figures}; "
            + $"ended by itself {_relays.Sum(static relay => relay.Ends.Count)} times, "
            + $"each with a sentence and code {ExitCodes.TryAgain}; {clock.Elapsed.TotalSeconds:F0} s.");
        verdict.AssertNothingFound();
        Assert.All(
            _relays.SelectMany(static relay => relay.Ends),
            static end => Assert.True(
                end.Code == ExitCodes.TryAgain, $"exit code {end.Code}: {end.Reason}"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }

        await Deployment.DisposeAsync();
        _folder.Delete(recursive: true);
        _end.Dispose();
    }

    private int Signed() => _meters.Sum(static meter => meter.Signed.Count);

    // Most kills come after some acknowledgements, one in six at once, into a start or a repair.
    private async Task ProgressAsync(int readingsPerKill)
    {
        var before = Signed();
        if (_random.Next(6) == 0)
        {
            await Task.Delay(_random.Next(300), _end.Token);
            return;
        }

        var wanted = _random.Next(readingsPerKill / 2, (readingsPerKill * 2) + 1);
        await InTimeAsync(
            Condition.MetAsync(() => Signed() - before >= wanted), "acknowledge anything");
    }

    private async Task InTimeAsync(Task task, string what)
    {
        try
        {
            await task.WaitAsync(StuckAfter, _end.Token);
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                $"Seed {Night.Seed}: in {StuckAfter.TotalMinutes:F0} minutes nothing would {what}. "
                + string.Join(Environment.NewLine, _relays.Select(
                    static relay => relay.LastWords)));
        }
    }

    private async Task MineAsync()
    {
        for (var block = 1; !_end.IsCancellationRequested; block++)
        {
            try
            {
                // With a block at once after it, so that hardly a kill is without a rollback.
                if (block % BlocksPerSave == 0)
                {
                    await Deployment.Anvil.SaveAsync(StateFile, _end.Token);
                }

                await Deployment.MineAsync(1);
            }
            catch (Exception failure)
                when (failure is NodeUnreachableException or NodeRefusedException)
            {
                // Killed just now.
            }

            await Task.Delay(BlockInterval, _end.Token);
        }
    }

    private async Task SettledAsync(ChainBooks chain, string database)
    {
        foreach (var meter in _meters)
        {
            while (await chain.MintedOfAsync(meter.Meter.Address) < meter.ExportWh / WhPerCoin)
            {
                await Task.Delay(BlockInterval, _end.Token);
            }
        }

        using var books = new DatabaseBooks(database);
        await Condition.MetAsync(() => books.Unconfirmed() == 0);
    }

    private async Task StopAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        await _end.CancelAsync();
        await _mining.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
