using System.Diagnostics;
using System.Globalization;
using Helios.LocalChain;

namespace Helios.Bench;

/// <summary>A relay in a process of its own, as `run` starts it, whose costs can be told.</summary>
internal sealed class RelayUnderTest : IAsyncDisposable
{
    private const string Ready = "broker on 127.0.0.1:";
    private const string RatePerS = "10000";

    private readonly Process _process;

    private RelayUnderTest(Process process, int brokerPort)
    {
        _process = process;
        BrokerPort = brokerPort;
    }

    /// <summary>Port of its broker.</summary>
    public int BrokerPort { get; }

    /// <summary>CPU time that it has used.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that it holds now, MB.</summary>
    public long MemoryMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <summary>Starts it and waits until its broker listens.</summary>
    /// <param name="chain">The chain, for rpcUrl and ledger.</param>
    /// <param name="database">SQLite file or connection string.</param>
    /// <param name="settings">More settings, as environment variables.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<RelayUnderTest> StartAsync(
        BenchChain chain,
        string database,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken ct)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add("run");
        start.Environment["HELIOS_RPC_URL"] = chain.Node.Url.ToString();
        start.Environment["HELIOS_CHAIN_ID"] =
            LocalNode.ChainId.ToString(CultureInfo.InvariantCulture);
        start.Environment["HELIOS_LEDGER"] = chain.Ledger.ToString();
        start.Environment["HELIOS_SENDER_KEY"] =
            Convert.ToHexStringLower(await chain.SenderAsync(ct));
        start.Environment["HELIOS_DATABASE"] = database;
        start.Environment["HELIOS_BROKER_PORT"] = "0";

        // The load is more than meters may send: what is refused is not sent again, and would
        // never be done.
        start.Environment["HELIOS_READINGS_PER_METER_PER_S"] = RatePerS;
        start.Environment["HELIOS_MESSAGES_PER_CONNECTION_PER_S"] = RatePerS;
        foreach (var (name, text) in settings)
        {
            start.Environment[name] = text;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ct);
                return new RelayUnderTest(process, int.Parse(
                    line[(at + Ready.Length)..].Split('.')[0], CultureInfo.InvariantCulture));
            }
        }

        process.Dispose();
        throw new BadInputException("The relay under test ended before it listened.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
