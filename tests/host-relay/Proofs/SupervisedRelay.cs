using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// The program under a supervisor that obeys the relay's unit file: started again whenever it ends,
/// but with the exit code of <c>RestartPreventExitStatus</c> it stays down.
/// </summary>
internal sealed class SupervisedRelay : IAsyncDisposable
{
    private const int LinesKept = 40;
    private static readonly TimeSpan RestAfterEnd = TimeSpan.FromMilliseconds(200);

    /// <summary>The exit code after which the unit file wants a person.</summary>
    public static readonly int StaysDownAfter = ReadUnit();

    private readonly Lock _gate = new();
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly string _command;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<(int Code, string Reason)> _ends = new();
    private Task _watching;
    private Process _process;
    private volatile bool _isKilled;
    private bool _isDisposed;

    public SupervisedRelay(IReadOnlyDictionary<string, string> variables, string command = "run")
    {
        _variables = variables;
        _command = command;
        _process = Launch();
        _watching = WatchAsync();
    }

    /// <summary>Exit codes and last words of the times that it ended by itself.</summary>
    public IReadOnlyCollection<(int Code, string Reason)> Ends => _ends;

    /// <summary>Whether it ended with a code after which the unit file lets it lie.</summary>
    public bool IsDown => _ends.Any(static end => end.Code == StaysDownAfter);

    /// <summary>What it said last.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lines);

    /// <summary>SIGKILL; it stays down until it is started again.</summary>
    public async Task KillAsync()
    {
        lock (_gate)
        {
            _isKilled = true;
            _process.Kill();
        }

        await _watching;
    }

    public Task StartAgainAsync()
    {
        _isKilled = false;
        _process.Dispose();
        _process = Launch();
        _watching = WatchAsync();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await KillAsync();
            _process.Dispose();
        }
    }

    private static int ReadUnit()
    {
        const string Words = "RestartPreventExitStatus=";
        var unit = File.ReadAllLines(
            Path.Combine(Tool.RepositoryRoot(), "host-relay", "helios-relay.service"));
        Assert.Contains("Restart=always", unit);
        return int.Parse(
            unit.Single(static line => line.StartsWith(Words, StringComparison.Ordinal))
                .AsSpan(Words.Length),
            CultureInfo.InvariantCulture);
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await _process.WaitForExitAsync();
            if (_isKilled)
            {
                return;
            }

            _ends.Enqueue((_process.ExitCode, LastWords));
            if (_process.ExitCode == StaysDownAfter)
            {
                return;
            }

            await Task.Delay(RestAfterEnd);
            lock (_gate)
            {
                if (_isKilled)
                {
                    return;
                }

                _process.Dispose();
                _process = Launch();
            }
        }
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Helios.HostRelay.dll"), _command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _lines.Enqueue(line);
            while (_lines.Count > LinesKept && _lines.TryDequeue(out _))
            {
                // The oldest goes.
            }
        }
    }
}
