namespace Helios.Tests.Contracts;

/// <summary>Each Solidity test as a row of its own; forge runs once for all of them.</summary>
public sealed class SolidityTests
{
    // Theory data has to be static; so has the run that it comes from.
    private static readonly Lazy<Task<(int ExitCode, string Output, string Error)>> Run =
        new(() => Forge.RunAsync("test", "--json"));

    public static async Task<IEnumerable<TheoryDataRow<SolidityTest>>> Rows()
    {
        (_, string output, string error) = await Run.Value;
        Assert.True(output.StartsWith('{'), $"forge wrote no JSON:\n{output}\n{error}");

        return SolidityTest.Parse(output).Select(test =>
            new TheoryDataRow<SolidityTest>(test)
            {
                TestDisplayName = $"{test.Suite}.{test.Name}",
                Label = "",
            });
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Rows))]
    public void Passes(SolidityTest test) => Assert.True(test.Failure is null, test.Failure);

    [Fact]
    public async Task Forge_ends_without_an_error()
    {
        (int exitCode, _, string error) = await Run.Value;
        Assert.True(exitCode == 0, $"forge test ended with {exitCode}:\n{error}");
    }

    // With --json forge does not compare, so the few tests of gas run once more.
    [Fact]
    public async Task Gas_is_as_in_the_snapshots() =>
        await Succeeds("test", "--match-contract", "GasTest");

    [Fact]
    public async Task Solidity_is_formatted() => await Succeeds("fmt", "--check");

    [Fact]
    public async Task Contracts_are_below_the_size_limit() =>
        await Succeeds("build", "--sizes", "--skip", "test", "--skip", "script");

    private static async Task Succeeds(params string[] arguments)
    {
        (int exitCode, string output, string error) = await Forge.RunAsync(arguments);
        Assert.True(exitCode == 0, $"forge {arguments[0]} ended with {exitCode}:\n{output}{error}");
    }
}
