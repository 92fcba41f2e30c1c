using System.Text.RegularExpressions;

namespace Helios.Tests.EndToEnd;

public sealed partial class CtrlCTests
{
    [Fact]
    public async Task Ends_cleanly_after_the_first_coin_and_leaves_no_process_behind()
    {
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(), "--speed", "20000", "--wh-per-coin", "100");

        while (await run.ReadLineAsync() is { } line && !HasMinted().IsMatch(line))
        {
            // The series repeats, so a coin comes; the runner ends a test that hangs.
        }

        var children = ChildrenOf(run.ProcessId);
        run.Interrupt();
        var (exitCode, _, errors) = await run.EndAsync();

        Assert.Equal(("", 0), (errors, exitCode));
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}")));
    }

    private static string[] ChildrenOf(int process) =>
    [
        .. Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children"))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [GeneratedRegex(", [1-9][0-9]* HEC minted", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HasMinted();
}
