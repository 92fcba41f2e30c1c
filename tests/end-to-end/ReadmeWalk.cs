using System.Diagnostics;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// The commands of a section of the README, run as they stand there by a shell that stops at the
/// first failure.
/// </summary>
internal static class ReadmeWalk
{
    private const string Block = "```sh\n";

    /// <summary>Runs them and returns the lines that they printed.</summary>
    /// <param name="section">Its heading.</param>
    /// <param name="variables">What the reader puts in.</param>
    public static async Task<string[]> RunAsync(
        string section, IReadOnlyDictionary<string, string> variables)
    {
        var ct = TestContext.Current.CancellationToken;
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Shared.Repository(), "README.md"), ct);
        var heading = readme.IndexOf($"## {section}\n", StringComparison.Ordinal);
        var begins = readme.IndexOf(Block, heading, StringComparison.Ordinal) + Block.Length;
        var commands = readme[begins..readme.IndexOf("```", begins, StringComparison.Ordinal)];

        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Shared.Repository(),
        };
        var cast = Path.Combine(
            Shared.Repository(),
            "contracts", "node_modules", "@foundry-rs", "cast-linux-amd64", "bin");
        start.Environment["PATH"] = $"{cast}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(ct);
        await shell.WaitForExitAsync(ct);
        Assert.Equal(0, shell.ExitCode);
        return output.Split('\n');
    }
}
