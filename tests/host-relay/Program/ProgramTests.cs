using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Program;

public class ProgramTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    // What the README says, and the unit file knows.
    private const int Mistake = 2;
    private const int TryAgain = 75;

    [Fact(Timeout = 120_000)]
    public async Task Killed_again_and_again_it_loses_no_acknowledged_reading()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var variables = HostRelay.Variables(deployment.Options(), Secret);
        var meter = await deployment.MeterAsync();
        uint pagination = 0;
        for (var kill = 0; kill < 5; kill++)
        {
            await using var program = HostRelay.Start(variables, "run");
            await using var connection = await MeterConnection.OpenAsync(
                await program.BrokerPortAsync());
            for (var i = 0; i <= kill; i++)
            {
                pagination++;
                await connection.DeliverAsync(meter, meter.Sign(pagination, pagination * 100));
            }

            await program.KillAsync();
        }

        await using var last = HostRelay.Start(variables, "run");
        await using (var connection = await MeterConnection.OpenAsync(
            await last.BrokerPortAsync()))
        {
            // Every repetition is acknowledged anew.
            while ((await connection.DeliverAsync(meter, meter.Sign(pagination, pagination * 100)))
                .AcceptedPagination < pagination)
            {
            }
        }

        Assert.Equal(pagination, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        var interrupted = await last.InterruptAsync();
        Assert.True(interrupted == 0, $"exit code {interrupted}: {last.Error}");
        var (exitCode, output, _) = await HostRelay.RunAsync(variables, "status");
        Assert.Equal(0, exitCode);
        Assert.Contains($"{meter.Address}", output, StringComparison.Ordinal);
        Assert.Contains(
            $"readings: {pagination} stored, 0 pending", output, StringComparison.Ordinal);
        Assert.Contains("gwei", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_mistake_in_the_settings_is_one_sentence_and_exit_code_2()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var good = HostRelay.Variables(deployment.Options(), Secret);
        var file = deployment.DatabasePath("relay.json");
        await File.WriteAllTextAsync(file, """{ "brokerPrt": 1, "pollMs": 3 }""", ct);

        foreach (var (variable, text, expected) in new[]
        {
            ("HELIOS_RPC_URL", "localhost", "rpcUrl is 'localhost', but must be an address like"),
            ("HELIOS_CHAIN_ID", "1.5", "chainId is '1.5', but must be a whole number from 1"),
            ("HELIOS_LEDGER", "0x12", "ledger is '0x12', but must be an address of 0x and 40"),
            ("HELIOS_SENDER_KEY", "0x" + new string(
                '0', 64), "HELIOS_SENDER_KEY holds no secret key"),
            ("HELIOS_BROKER_PORT", "65536", "brokerPort is '65536', but must be a whole number"),
            ("HELIOS_BROKER_URL", "http://x", "brokerUrl is 'http://x', but must be an "
                + "address like"),
            ("HELIOS_HTTP_PORT", "-1", "httpPort is '-1', but must be a whole number from 0"),
            ("HELIOS_TRACES_URL", "x", "tracesUrl is 'x', but must be an address like http"),
            ("HELIOS_READINGS_PER_TRANSACTION_MAX", "0", "must be a whole number from 1 to 400"),
            ("HELIOS_CHAIN_ID", "1", "is on chain 31337, not on 1: correct rpcUrl or chainId."),
            ("HELIOS_LEDGER", "0x" + new string('1', 40), "There is no contract at 0x1111"),
            ("HELIOS_DATABASE", "/nowhere/relay.db", "The database /nowhere/relay.db cannot "
                + "be used"),
        })
        {
            await ExpectAsync(
                new Dictionary<string, string>(
                    good, StringComparer.Ordinal)
                { [variable] = text }, expected, "run");
        }

        good.Remove("HELIOS_POLL_MS");
        var (exitCode, _, error) = await HostRelay.RunAsync(good, "run", "--config", file);
        Assert.Equal(2, exitCode);
        Assert.Contains("there is no setting 'brokerPrt'", error, StringComparison.Ordinal);
        Assert.Contains(
            "pollMs is '3', but must be a whole number from 10", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_in_use_is_named()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        await using var holder = await PlainBroker.StartAsync();
        var port = holder.Port;
        var variables = HostRelay.Variables(deployment.Options(), Secret);
        variables["HELIOS_BROKER_PORT"] = $"{port}";

        await ExpectAsync(
            variables, $"The broker cannot listen on 127.0.0.1:{port}", "run", TryAgain);
        Assert.False(ct.IsCancellationRequested);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_database_of_another_deployment_is_refused_and_left_alone()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = await Deployment.StartAsync();
        await using var other = await Deployment.StartAsync();
        var options = first.Options();
        await using (await RelayProcess.StartAsync(options, ct))
        {
        }

        var before = await File.ReadAllBytesAsync(options.DatabasePath, ct);
        var second = await other.RedeployAsync();
        var variables = HostRelay.Variables(
            options with { RpcUrl = other.RpcUrl, Ledger = second }, Secret);
        await ExpectAsync(variables, $"belongs to ledger {options.Ledger} on chain 31337", "run");
        await ExpectAsync(
            variables, $"belongs to ledger {options.Ledger} on chain 31337", "status");
        Assert.Equal(before, await File.ReadAllBytesAsync(options.DatabasePath, ct));

        var text = first.DatabasePath("text.db");
        await File.WriteAllTextAsync(text, "this is no database", ct);
        variables["HELIOS_DATABASE"] = text;
        await ExpectAsync(variables, $"The database {text} cannot be used", "run");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_is_slow_or_no_node_or_no_ledger_is_named()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var variables = HostRelay.Variables(
            deployment.Options() with { RpcUrl = proxy.Url }, Secret);
        variables["HELIOS_RPC_TIMEOUT_MS"] = "300";

        proxy.OnRequest = async (_, _) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return null;
        };
        await ExpectAsync(
            variables, "gave no answer to eth_chainId within 0.3 s", "run", TryAgain);

        variables.Remove("HELIOS_RPC_TIMEOUT_MS");
        proxy.OnRequest = static (_, _) => Task.FromResult<string?>("<html>");
        await ExpectAsync(
            variables, "answers eth_chainId, but not as an Ethereum node does", "run", TryAgain);

        variables["HELIOS_RPC_URL"] = deployment.RpcUrl.ToString();
        variables["HELIOS_LEDGER"] = (await deployment.Ledger.CoinAsync(ct)).ToString();
        await ExpectAsync(variables, "is no ReadingLedger: correct ledger.", "run");
    }

    [Fact]
    public async Task Help_names_no_default_that_would_be_refused()
    {
        var (exitCode, help, _) = await HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal), "bench", "--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("--minutes", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Default 0", help, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Words_that_it_does_not_know_are_answered_in_one_line()
    {
        var ct = TestContext.Current.CancellationToken;
        var (exitCode, _, error) = await HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal), "fly");
        Assert.Equal(2, exitCode);
        Assert.Single(error.Trim().Split('\n'));
        Assert.False(ct.IsCancellationRequested);
    }

    private static async Task ExpectAsync(
        IReadOnlyDictionary<string, string> variables, string words, string command,
        int code = Mistake)
    {
        var (exitCode, _, error) = await HostRelay.RunAsync(variables, command);
        Assert.Equal(code, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.EndsWith(".", error.Trim(), StringComparison.Ordinal);
    }
}
