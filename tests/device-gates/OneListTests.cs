using System.Diagnostics;
using System.Text.Json;

namespace Helios.Tests.DeviceGates;

/// <summary>What the device compiles and what the host compiles is one list of files.</summary>
public sealed class OneListTests
{
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

    [Theory]
    [InlineData(
        "firmware/firmware.csproj",
        "firmware/Helios.Firmware.nfproj",
        "firmware/Messaging/Helios.Messaging.nfproj",
        "firmware/Supply/Helios.Supply.nfproj",
        "firmware/Element/Helios.Element.nfproj")]
    [InlineData("tests/on-device/on-device.tests.csproj", "tests/on-device/NFUnitTest.nfproj")]
    public void The_host_compiles_what_the_device_compiles(string host, params string[] devices)
        => Assert.Equal(
            devices.SelectMany(FilesFor)
                .Where(file => !IsBelow(file, "Properties"))
                .Order(StringComparer.Ordinal),
            HostSources(host).Where(file => !IsBelow(file, "Host")).Order(StringComparer.Ordinal));

    [Fact]
    public void The_host_leaves_out_adapters_of_the_device_program_and_who_makes_them_alone()
    {
        var program = Path.Combine(Repository.Firmware, "Device", "Program.cs");
        var host = HostSources("firmware/Device/device.csproj").ToArray();
        var device = FilesFor("firmware/Device/Helios.Device.nfproj").ToArray();
        Assert.All(
            device.Except(host, StringComparer.Ordinal),
            file => Assert.True(
                IsBelow(file, "Adapters") || IsPins(file) || string.Equals(file, program), file));
        Assert.All(
            host.Except(device, StringComparer.Ordinal),
            file => Assert.True(IsPins(file), file));
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

    private static IOrderedEnumerable<string> FilesFor(string project)
        => DeviceProject.At(project).SourcesFor(DeviceProject.Boards[0])
            .Order(StringComparer.Ordinal);

    // What one side alone needs: an assembly's title, and the stand-in for the device's framework.
    private static bool IsBelow(string file, string folder)
        => string.Equals(
            Path.GetFileName(Path.GetDirectoryName(file)), folder, StringComparison.Ordinal);

    // Each board has its own, the virtual board too.
    private static bool IsPins(string file)
        => file.EndsWith("/BoardPins.cs", StringComparison.Ordinal);

    // MSBuild itself says what it compiles: patterns, removals and conditions included.
    private static IEnumerable<string> HostSources(string project)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "msbuild", project, "-getItem:Compile", "-nologo" },
            WorkingDirectory = Repository.Root,
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
