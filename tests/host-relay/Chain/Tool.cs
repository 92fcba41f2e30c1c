using System.Diagnostics;

namespace Helios.Tests.HostRelay.Chain;

/// <summary>Foundry's programs, as the contracts project installs them.</summary>
internal static class Tool
{
    public static string PathOf(string name)
    {
        var installed = Path.Combine(
            RepositoryRoot(),
            "contracts",
            "node_modules",
            "@foundry-rs",
            $"{name}-linux-amd64",
            "bin",
            name);
        return File.Exists(installed) ? installed : name;
    }

    /// <summary>Runs cast and returns what it printed, without the line's end.</summary>
    public static string Cast(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PathOf("cast"), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("Not inside the repository.");
    }
}
