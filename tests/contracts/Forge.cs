using System.Diagnostics;

namespace Helios.Tests.Contracts;

/// <summary>
/// Runs forge on the Foundry project. It rewrites its cache file at every run, so each run gets a
/// copy: another forge of this machine reads the original meanwhile. What forge compiled with a
/// copy, the original would not know of: so nothing may be left to compile.
/// </summary>
public static class Forge
{
    private static readonly string[] SourceFolders = ["src", "script", "test"];
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(15);

    /// <summary>The Foundry project.</summary>
    public static string ContractsFolder { get; } = FindContracts();

    /// <returns>What forge wrote, and its exit code.</returns>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(
        params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same with further variables.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        RequireBuilt();
        DirectoryInfo cache = CopyCache();
        try
        {
            ProcessStartInfo start = new(Executable(), arguments)
            {
                WorkingDirectory = ContractsFolder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["FOUNDRY_CACHE_PATH"] = cache.FullName;
            start.Environment["NO_COLOR"] = "1";
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }

            return await FinishAsync(start);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> FinishAsync(
        ProcessStartInfo start)
    {
        using CancellationTokenSource limit = new(TimeMax);
        using Process forge = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        try
        {
            Task<string> output = forge.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = forge.StandardError.ReadToEndAsync(limit.Token);
            await forge.WaitForExitAsync(limit.Token);
            return (forge.ExitCode, await output, await error);
        }
        finally
        {
            if (!forge.HasExited)
            {
                forge.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The forge of contracts/tools/forge.props, by the same rule.</summary>
    private static string Executable()
    {
        string? named = Environment.GetEnvironmentVariable("HELIOS_FORGE");
        string ofNpm = Path.Combine(
            ContractsFolder, "node_modules/@foundry-rs/forge-linux-amd64/bin/forge");
        return !string.IsNullOrEmpty(named) ? named : File.Exists(ofNpm) ? ofNpm : "forge";
    }

    private static void RequireBuilt()
    {
        DateTime built =
            File.GetLastWriteTimeUtc(Path.Combine(ContractsFolder, "out/.tests-built"));
        string? changed = SourceFolders
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(ContractsFolder, folder), "*.sol", SearchOption.AllDirectories))
            .FirstOrDefault(file => File.GetLastWriteTimeUtc(file) > built);
        if (changed is not null)
        {
            throw new InvalidOperationException(
                $"{changed} has changed since the contracts were built: build tests/contracts "
                + "first.");
        }
    }

    private static DirectoryInfo CopyCache()
    {
        DirectoryInfo copy = Directory.CreateTempSubdirectory("helios-forge-");
        DirectoryInfo original = new(Path.Combine(ContractsFolder, "cache"));
        foreach (FileInfo file in original.Exists ? original.GetFiles() : [])
        {
            file.CopyTo(Path.Combine(copy.FullName, file.Name));
        }

        return copy;
    }

    private static string FindContracts()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent)
        {
            string contracts = Path.Combine(folder.FullName, "contracts");
            if (File.Exists(Path.Combine(contracts, "foundry.toml")))
            {
                return contracts;
            }
        }

        throw new DirectoryNotFoundException(
            $"No contracts/foundry.toml above {AppContext.BaseDirectory}.");
    }
}
