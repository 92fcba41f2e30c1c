namespace Helios.Tests.DeviceGates;

/// <summary>One version of each package, wherever named: a mixed set does not start.</summary>
public sealed class PinnedPackagesTests
{
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
