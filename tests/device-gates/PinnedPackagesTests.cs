namespace Helios.Tests.DeviceGates;

/// <summary>One version of each package, wherever it is named: a mixed set does not start.</summary>
public sealed class PinnedPackagesTests
{
    private static readonly string SignaturesFolder =
        Path.Combine(Repository.Root, "tests", "device-api", "mscorlib");

    [Fact]
    public void No_package_is_pinned_to_two_versions()
        => Assert.All(
            DeviceProject.All.SelectMany(project => project.Packages).GroupBy(package => package.Key),
            package => Assert.Single(package.Select(pin => pin.Value).Distinct(StringComparer.Ordinal)));

    [Fact]
    public void Every_library_that_a_device_project_refers_to_comes_from_a_pinned_package()
        => Assert.All(DeviceProject.All, project => Assert.All(project.Libraries, library => Assert.Contains(
            project.Packages,
            pin => library.StartsWith(
                Path.Combine(Repository.Root, "packages", $"{pin.Key}.{pin.Value}") + "/",
                StringComparison.Ordinal))));

    [Fact]
    public void The_signatures_are_those_of_the_pinned_package()
        => Assert.All(Repository.SourcesBelow(SignaturesFolder), file => Assert.All(
            DeviceProject.All,
            project => Assert.StartsWith(
                $"// nanoFramework.CoreLibrary {project.Packages["nanoFramework.CoreLibrary"]}: mscorlib, ",
                File.ReadAllText(file),
                StringComparison.Ordinal)));
}
