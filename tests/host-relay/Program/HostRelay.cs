using System.Diagnostics;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Program;

/// <summary>The program itself, as a process of its own.</summary>
internal sealed class HostRelay : IAsyncDisposable
{
    private readonly Process _process;
    private readonly MemoryStream _error = new();

    private HostRelay(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    /// <summary>What it said on standard error, once it has ended.</summary>
    public string Error => System.Text.Encoding.UTF8.GetString(_error.ToArray());

    /// <summary>Variables that a relay with these options needs.</summary>
    public static Dictionary<string, string> Variables(
        RelayOptions options, string secret) => new(StringComparer.Ordinal)
        {
            ["HELIOS_RPC_URL"] = options.RpcUrl.ToString(),
            ["HELIOS_CHAIN_ID"] = $"{options.ChainId}",
            ["HELIOS_LEDGER"] = options.Ledger.ToString(),
            ["HELIOS_SENDER_KEY"] = secret,
            ["HELIOS_DATABASE"] = options.DatabasePath,
            ["HELIOS_BROKER_PORT"] = "0",
            ["HELIOS_POLL_MS"] = "20",
        };

    public static HostRelay Start(
        IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        // A shell in the background makes its children deaf to Ctrl-C; a terminal does not.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("--default-signal=INT");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Helios.HostRelay.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new HostRelay(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var program = Start(variables, arguments);
        var output = program._process.StandardOutput.ReadToEndAsync(ct);
        var error = program._process.StandardError.ReadToEndAsync(ct);
        await program._process.WaitForExitAsync(ct);
        return (program._process.ExitCode, await output, await error);
    }

    /// <summary>The port that the program says its broker has.</summary>
    public async Task<int> BrokerPortAsync()
    {
        const string Words = "broker on 127.0.0.1:";
        while (await _process.StandardOutput.ReadLineAsync(
            TestContext.Current.CancellationToken) is { } line)
        {
            var at = line.IndexOf(Words, StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                _ = _process.StandardError.BaseStream.CopyToAsync(_error);
                return int.Parse(
                    line[(at + Words.Length)..].Split('.')[0],
                    System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The relay ended before it listened.");
    }

    /// <summary>Reads on until the program prints these words.</summary>
    public async Task SaysAsync(string words)
    {
        while (await _process.StandardOutput.ReadLineAsync(
            TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The program ended before it said '{words}'.");
    }

    /// <summary>SIGKILL: nothing of the program runs after this.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
