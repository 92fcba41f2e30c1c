namespace Helios.Tests.EndToEnd;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("no file nowhere.csv", "--pv", "nowhere.csv", "--column", "watts", "--once")]
    [InlineData("each file needs the name of its column", "--pv", "nowhere.csv")]
    [InlineData("--meters 0 is out of range", "--meters", "0")]
    [InlineData("--meters many is no number", "--meters", "many")]
    [InlineData("--speed fast is no factor", "--speed", "fast")]
    [InlineData("--wh-per-coin 7 does not divide", "--wh-per-coin", "7")]
    [InlineData("more than the 1000 impulses a minute", "--imp-per-kwh", "10000")]
    [InlineData("--json prints the reconciliation of a run; add --once", "--json")]
    [InlineData("'--colour'", "--colour")]
    [InlineData("--board is 'esp8266'; write software or atecc608", "--board", "esp8266")]
    [InlineData("--consumers many is no number", "--consumers", "many")]
    [InlineData("--consumers 1001 is out of range", "--consumers", "1001")]
    [InlineData("--house needs --columns with two names", "--house", "a.csv", "--columns", "GC")]
    [InlineData("--days chooses from --house", "--days", "2")]
    [InlineData("--from 1.7.2011 is no day; write it like 2011-07-01",
        "--house", "a.csv", "--columns", "GC,GG", "--from", "1.7.2011")]
    [InlineData("no file nowhere.csv; give --house", "--house", "nowhere.csv", "--columns", "a,b")]
    public async Task Says_in_one_sentence_what_is_wrong(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(arguments);

        AssertOneSentence(expected, errors);
        Assert.Equal((2, ""), (exitCode, output));
    }

    [Fact]
    public async Task Says_what_to_install_when_anvil_is_missing()
    {
        var environment = new Dictionary<string, string> { ["HELIOS_ANVIL"] = "/nowhere/anvil" };

        var (exitCode, _, errors) = await VirtualBoardRun.ToEndAsync(environment, "--once");

        AssertOneSentence("anvil was not found; install Foundry", errors);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Says_which_port_is_in_use()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, _, errors) = await VirtualBoardRun.ToEndAsync(
            "--once", "--broker-port", $"{port}");

        AssertOneSentence($"127.0.0.1:{port}", errors);
        Assert.Equal(2, exitCode);
    }

    private static void AssertOneSentence(string expected, string errors)
    {
        Assert.Contains(expected, errors);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain(" at Helios.", errors);
    }
}
