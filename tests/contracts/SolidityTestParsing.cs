using System.Text.Json;

namespace Helios.Tests.Contracts;

/// <summary>How forge's answer becomes rows.</summary>
public sealed class SolidityTestParsing
{
    [Fact]
    public void Shows_suite_and_name_and_forges_reason()
    {
        const string Json =
            """
            {"test/A.t.sol:ATest":{"duration":"1ms","test_results":{
              "test_a_works()":{"status":"Success","reason":null,"counterexample":null},
              "test_fuzz_b(uint256,(uint8,bytes))":
                {"status":"Failure","reason":"NotEqual","counterexample":{"Single":{"args":"7"}}}}}}
            """;

        IReadOnlyList<SolidityTest> tests = SolidityTest.Parse(Json);

        Assert.Equal(new SolidityTest("ATest", "test_a_works", null), tests[0]);
        Assert.Equal("test_fuzz_b", tests[1].Name);
        Assert.Equal("NotEqual\n{\"Single\":{\"args\":\"7\"}}", tests[1].Failure);
        Assert.Equal(2, tests.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Error: Compiler run failed")]
    [InlineData("""{"test/A.t.sol:ATest":{}}""")]
    public void Refuses_what_is_no_answer_of_forge(string text)
    {
        Exception? thrown = Record.Exception(() => SolidityTest.Parse(text));
        Assert.True(thrown is JsonException or KeyNotFoundException, thrown?.ToString());
    }
}
