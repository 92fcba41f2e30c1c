using System.Text.Json;

namespace Helios.Tests.Contracts;

/// <summary>One test function of the Foundry project, and how it went.</summary>
/// <param name="Suite">Name of the Solidity contract.</param>
/// <param name="Name">The function, without its parameters.</param>
/// <param name="Failure">What forge says of a failure; null where the test passed.</param>
public sealed record SolidityTest(string Suite, string Name, string? Failure)
{
    /// <summary>
    /// Reads what <c>forge test --json</c> writes; throws where it is something else.
    /// </summary>
    public static IReadOnlyList<SolidityTest> Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<SolidityTest> tests = [];
        foreach (JsonProperty suite in document.RootElement.EnumerateObject())
        {
            string contract = suite.Name[(suite.Name.LastIndexOf(':') + 1)..];
            foreach (JsonProperty test in suite.Value.GetProperty("test_results").EnumerateObject())
            {
                tests.Add(
                    new SolidityTest(contract, WithoutParameters(test.Name), Failed(test.Value)));
            }
        }

        return tests;
    }

    private static string WithoutParameters(string signature) =>
        signature.Split('(', count: 2)[0];

    private static string? Failed(JsonElement result)
    {
        var status = result.GetProperty("status").GetString();
        if (string.Equals(status, "Success", StringComparison.Ordinal))
        {
            return null;
        }

        string reason = result.GetProperty("reason").GetString() ?? "forge gives no reason";
        JsonElement counterexample = result.GetProperty("counterexample");
        return counterexample.ValueKind == JsonValueKind.Null
            ? reason
            : $"{reason}\n{counterexample}";
    }
}
