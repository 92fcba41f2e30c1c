namespace Helios.Tests.Contracts;

/// <summary>Plays on the real contracts what C# wrote down, by forge.</summary>
internal static class Replay
{
    /// <summary>Fails with what forge says of the first number that differs.</summary>
    /// <param name="contract">The test contract that reads the lines.</param>
    /// <param name="lines">Hexadecimal digits, each line a history or a book.</param>
    /// <param name="which">Which these are, said of a failure.</param>
    public static async Task RunAsync(
        string contract, IReadOnlyCollection<string> lines, string which)
    {
        // The one folder that the replay may read.
        var folder = Directory.CreateDirectory(
            Path.Combine(Forge.ContractsFolder, "cache", "replay"));
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllLinesAsync(path, lines);
            var (exitCode, output, error) = await Forge.RunAsync(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["FOUNDRY_PROFILE"] = "replay",
                    ["HELIOS_REPLAY"] = path,
                    ["HELIOS_REPLAY_LINES"] = $"{lines.Count}",
                },
                "test",
                "--match-contract",
                contract);
            Assert.True(
                exitCode == 0 && output.Contains("1 passed", StringComparison.Ordinal),
                $"{which}: {output}{error}");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
