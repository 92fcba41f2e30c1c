namespace Helios.Tests.DeviceGates;

/// <summary>What the READMEs tell a reader to open or to type is there.</summary>
public sealed class ReadmesTests
{
    // What the reader writes as a README tells him, what NuGet fetches, what the build makes.
    private static readonly string[] NotInGit =
    [
        "relay.json", "control.json", "enrolment.json", "helios.cfg", "network.json", "files.json",
        "packages/",
        DeviceProject.At("firmware/Device/Helios.Device.nfproj").Image,
    ];

    public static TheoryData<string> Readmes
        => [.. Readme.All.Select(readme => Path.GetRelativePath(Repository.Root, readme.Path))];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Names_no_file_and_no_folder_that_is_not_there(string path)
    {
        var readme = At(path);
        Assert.All(
            readme.Links.Concat(readme.NamedPaths).Except(NotInGit, StringComparer.Ordinal),
            name => Assert.True(readme.IsThere(name), name));
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Gives_nanoff_only_options_that_it_knows_each_with_its_value(string path)
    {
        foreach (var command in At(path).NanoffCommands)
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 1; i < words.Length; i++)
            {
                var takesValue = NanoffOptions.WithValue.Contains(words[i]);
                Assert.True(takesValue || NanoffOptions.Switches.Contains(words[i]), command);
                i += takesValue ? 1 : 0;
                Assert.True(i < words.Length && !(takesValue && words[i][0] == '-'), command);
            }
        }
    }

    [Fact]
    public void The_nanoff_that_is_installed_is_the_one_whose_options_are_known()
        => Assert.All(
            Readme.All.SelectMany(readme => readme.Commands)
                .Where(command => command.Contains("install", StringComparison.Ordinal)
                    && command.Contains("nanoff", StringComparison.Ordinal)),
            command => Assert.Contains(
                $" --version {NanoffOptions.Version}", command, StringComparison.Ordinal));

    private static Readme At(string path)
        => Readme.All.Single(readme => string.Equals(
            Path.GetRelativePath(Repository.Root, readme.Path), path, StringComparison.Ordinal));
}
