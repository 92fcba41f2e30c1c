using System.Diagnostics;
using System.Text.Json;

namespace Helios.Tests.DeviceGates;

/// <summary>What the device compiles and what the host compiles is one list of files.</summary>
public sealed class OneListTests
{
    private static readonly string[] PureFolders = ["Metering", "Signing", "Supply", "Messaging"];

    private static IEnumerable<string> Listed => ListedFor(DeviceProject.Boards[0]);

    [Fact]
    public void Every_file_of_the_firmware_stands_in_a_device_project()
        => Assert.Empty(Repository.SourcesBelow(Repository.Firmware)
            .Except(Listed, StringComparer.Ordinal));

    [Fact]
    public void No_file_stands_in_the_device_projects_twice()
    {
        var listed = Listed.ToArray();
        Assert.Equal(listed.Distinct(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void No_device_project_names_a_file_that_is_not_there()
        => Assert.All(
            DeviceProject.Boards.SelectMany(ListedFor),
            file => Assert.True(File.Exists(file), file));

    [Fact]
    public void The_host_compiles_every_file_of_the_pure_folders_and_no_other()
    {
        var pure = PureFolders.Select(folder => Path.Combine(Repository.Firmware, folder))
            .Where(Directory.Exists)
            .SelectMany(Repository.SourcesBelow);
        Assert.Equal(
            pure.Order(StringComparer.Ordinal), HostSources().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_solution_holds_every_device_project_and_ends_its_lines_in_CRLF()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "nfproj.sln"));
        Assert.All(DeviceProject.All, project => Assert.Contains(
            Path.GetRelativePath(Repository.Root, project.Path).Replace('/', '\\'),
            solution,
            StringComparison.Ordinal));
        Assert.All(
            solution.Split("\r\n"),
            line => Assert.DoesNotContain("\n", line, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ListedFor(string board)
        => DeviceProject.All.SelectMany(project => project.SourcesFor(board));

    // MSBuild itself says what it compiles: patterns, removals and conditions included.
    private static IEnumerable<string> HostSources()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "msbuild", "firmware.csproj", "-getItem:Compile", "-nologo" },
            WorkingDirectory = Repository.Firmware,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        using var items = JsonDocument.Parse(answer);
        return [.. items.RootElement.GetProperty("Items").GetProperty("Compile").EnumerateArray()
            .Select(item => item.GetProperty("FullPath").GetString()!)];
    }
}
