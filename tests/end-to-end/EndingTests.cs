using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Helios.Tests.EndToEnd;

public sealed partial class EndingTests
{
    [Fact]
    public async Task Ctrl_C_ends_cleanly_after_the_first_coin_and_leaves_no_process_behind()
    {
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(), "--speed", "20000", "--wh-per-coin", "100");

        await WaitForCoinAsync(run);
        var children = ChildrenOf(run.ProcessId);
        run.Interrupt();
        var (exitCode, _, errors) = await run.EndAsync();

        Assert.Equal(("", 0), (errors, exitCode));
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}")));
    }

    [Fact]
    public async Task Says_in_one_sentence_that_the_chain_is_gone()
    {
        using var run = VirtualBoardRun.Start(
            new Dictionary<string, string>(), "--speed", "20000", "--wh-per-coin", "100");
        await WaitForCoinAsync(run);

        using var node = Process.GetProcessById(
            int.Parse(Assert.Single(ChildrenOf(run.ProcessId))));
        node.Kill();
        var (exitCode, _, errors) = await run.EndAsync();

        Assert.Matches(
            "^The node at http://[^ ]+ cannot be reached .*: it is anvil, of this run alone; "
            + "start the neighbourhood again\\.\n$",
            errors);
        Assert.Equal(2, exitCode);
    }

    // The series repeats, so a coin comes; a program that ends before it ends the wait.
    private static async Task WaitForCoinAsync(VirtualBoardRun run)
    {
        while (await run.ReadLineAsync() is { } line && !HasMinted().IsMatch(line))
        {
        }
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
