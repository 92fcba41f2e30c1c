using Microsoft.CodeAnalysis;

namespace Helios.Tests.DeviceGates;

/// <summary>
/// The virtual board's packages offer what the device's packages offer, and nothing that would
/// compile on a computer alone.
/// </summary>
public sealed class HostPackagesTests
{
    private static readonly string Packages =
        Path.Combine(Repository.Root, "boards", "virtual", "packages");

    public static TheoryData<string> Assemblies
        => [.. DeviceSignatures.Folders
            .Select(folder => Path.GetFileName(folder))
            .Where(name => Directory.Exists(Path.Combine(Packages, name)))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Offers_no_member_that_the_devices_package_lacks(string assembly)
    {
        var host = MetadataReference.CreateFromFile(
            Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        var lacking = PublicApi.Of(Symbol(host, InterpreterGate.Host))
            .Except(
                PublicApi.Of(Symbol(DeviceSignatures.Of(assembly), DeviceSignatures.All)),
                StringComparer.Ordinal)
            .ToArray();
        Assert.True(lacking.Length == 0, string.Join('\n', lacking));
    }

    [Fact]
    public void The_hosts_packages_are_compared() => Assert.NotEmpty(Assemblies);

    private static IAssemblySymbol Symbol(
        MetadataReference assembly, IEnumerable<MetadataReference> world)
    {
        var compilation = DeviceSignatures.Compilation("Empty", [], [.. world, assembly]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
    }
}
