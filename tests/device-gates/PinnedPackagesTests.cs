namespace Helios.Tests.DeviceGates;

/// <summary>One version of each package, wherever named: a mixed set does not start.</summary>
public sealed class PinnedPackagesTests
{
    // What the packages' own .nuspec files name, but for CoreLibrary, which all of them do.
    private static readonly (string Package, string[] Needs)[] Needs =
    [
        ("nanoFramework.Hardware.Esp32", ["Runtime.Events"]),
        ("nanoFramework.M2Mqtt",
            ["Runtime.Events", "Runtime.Native", "System.Collections", "System.Net"]),
        ("nanoFramework.System.Device.Gpio", ["Runtime.Events"]),
        ("nanoFramework.System.Device.Wifi", ["Runtime.Events", "System.Net"]),
        ("nanoFramework.System.IO.FileSystem",
            ["Runtime.Events", "System.IO.Streams", "System.Text"]),
        ("nanoFramework.System.IO.Streams", ["System.Text"]),
        ("nanoFramework.System.Net",
            ["Runtime.Events", "System.IO.Streams", "System.Text", "System.Threading"]),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Pins
        => DeviceProject.All.SelectMany(project => project.Packages);

    [Fact]
    public void No_package_is_pinned_to_two_versions()
        => Assert.All(
            Pins.GroupBy(pin => pin.Key, pin => pin.Value, StringComparer.Ordinal),
            package => Assert.Single(package.Distinct(StringComparer.Ordinal)));

    [Fact]
    public void Every_library_that_a_device_project_refers_to_comes_from_a_pinned_package()
    {
        foreach (var project in DeviceProject.All)
        {
            var folders = project.Packages.Select(pin => Path.Combine(
                Repository.Root, "packages", $"{pin.Key}.{pin.Value}", "lib"));
            Assert.All(project.Libraries, library => Assert.Contains(
                folders, folder => library.StartsWith(folder, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Every_package_comes_with_those_that_it_needs()
        => Assert.All(DeviceProject.All, project =>
        {
            var needed = Needs.Where(row => project.Packages.ContainsKey(row.Package))
                .SelectMany(row => row.Needs)
                .Select(package => "nanoFramework." + package)
                .Append("nanoFramework.CoreLibrary");
            Assert.Subset(
                project.Packages.Keys.ToHashSet(StringComparer.Ordinal),
                needed.ToHashSet(StringComparer.Ordinal));
        });

    [Fact]
    public void The_signatures_are_those_of_the_pinned_packages()
    {
        var pinned = Pins.Select(pin => $"// {pin.Key} {pin.Value}: ").ToHashSet();
        foreach (var folder in DeviceSignatures.Folders)
        {
            var assembly = $"{Path.GetFileName(folder)}, ";
            Assert.All(Repository.SourcesBelow(folder), file => Assert.Contains(
                pinned,
                start => File.ReadAllText(file).StartsWith(
                    start + assembly, StringComparison.Ordinal)));
        }
    }
}
