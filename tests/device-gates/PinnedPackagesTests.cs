namespace Helios.Tests.DeviceGates;

/// <summary>One version of each package, wherever named: a mixed set does not start.</summary>
public sealed class PinnedPackagesTests
{
    private const string CoreLibrary = "nanoFramework.CoreLibrary";

    private static readonly string SignaturesFolder =
        Path.Combine(Repository.Root, "tests", "device-api", "mscorlib");

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
    public void The_signatures_are_those_of_the_pinned_package()
    {
        var version = Pins.ToLookup(pin => pin.Key, pin => pin.Value)[CoreLibrary].First();
        Assert.All(Repository.SourcesBelow(SignaturesFolder), file => Assert.StartsWith(
            $"// {CoreLibrary} {version}: mscorlib, ",
            File.ReadAllText(file),
            StringComparison.Ordinal));
    }
}
