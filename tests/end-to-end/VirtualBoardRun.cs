using System.Diagnostics;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// The virtual board as a person starts it: a process, its output and its exit code.
/// </summary>
internal sealed class VirtualBoardRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private VirtualBoardRun(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>Ctrl-C: the interrupt that a terminal sends to the whole process group.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", "--", $"-{_process.Id}"]);
        kill.WaitForExit();
    }

    public static VirtualBoardRun Start(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // As a terminal starts it: in a process group of its own, all of which Ctrl-C reaches at
        // once, and not deaf to it, as a shell in the background makes its children.
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("env");
        start.ArgumentList.Add("--default-signal=INT");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Helios.Boards.Virtual.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new VirtualBoardRun(Process.Start(start)!);
    }

    public static Task<(int ExitCode, string Output, string Errors)> ToEndAsync(
        params string[] arguments) => ToEndAsync(new Dictionary<string, string>(), arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> ToEndAsync(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var run = Start(environment, arguments);
        return await run.EndAsync();
    }

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync(
        TestContext.Current.CancellationToken).AsTask();

    /// <summary>
    /// Reads on while somebody does other things: a pipe that is full would stop the program.
    /// </summary>
    /// <returns>Ends the reading.</returns>
    public IDisposable ReadOn()
    {
        var end = new CancellationTokenSource();
        _ = ReadOnAsync(end.Token);
        return end;
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task ReadOnAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested && await ReadLineAsync() is not null)
        {
            // Only read.
        }
    }
}
