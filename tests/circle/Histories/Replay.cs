using Helios.Tests.Contracts;

namespace Helios.Tests.Circle.Histories;

/// <summary>Plays traces on the real contracts, by forge.</summary>
internal static class Replay
{
    /// <summary>Fails with what forge says of the first number that differs.</summary>
    /// <param name="lines">A history each.</param>
    public static async Task RunAsync(IReadOnlyCollection<string> lines)
    {
        // The one folder that the replay may read.
        var folder = Directory.CreateDirectory(
            Path.Combine(Forge.ContractsFolder, "cache", "traces"));
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllLinesAsync(path, lines);
            var (exitCode, output, error) = await Forge.RunAsync(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["FOUNDRY_PROFILE"] = "replay",
                    ["HELIOS_TRACES"] = path,
                    ["HELIOS_HISTORIES"] = $"{lines.Count}",
                },
                "test",
                "--match-contract",
                "ReplayHistories");
            Assert.True(
                exitCode == 0 && output.Contains("1 passed", StringComparison.Ordinal),
                $"{output}{error}");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
