using Helios.Chain;
using Helios.Tests.HostRelay.Control;

namespace Helios.Tests.HostRelay.Program;

/// <summary>The controller as a process of its own.</summary>
public class ControlProgramTests
{
    private const string Secret =
        "0x00000000000000000000000000000000000000000000000000000000000a11ce";

    [Fact(Timeout = 600_000)]
    public async Task Killed_again_and_again_it_signs_each_value_once_and_publishes_the_last()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        var variables = Variables(bench);
        for (var kill = 1; kill <= 6; kill++)
        {
            await using var program = HostRelay.Start(variables, "control");
            await consumer.RedeemAsync(10);
            await bench.MineAsync(2);
            await program.SaysAsync(kill % 2 == 0 ? "Controlling as" : $"up to {kill * 10} Wh");
            await program.KillAsync();
        }

        await using var last = HostRelay.Start(variables, "control");
        var controller = new SenderKey(Hex.Parse(Secret)).Address;
        while ((await RetainedOrders.ReadAsync(bench, consumer.Meter.Address))
            .GetValueOrDefault(controller) < 60)
        {
            await bench.MineAsync(1);
        }

        Assert.Equal(0, await last.InterruptAsync());
        var (exitCode, output, _) = await HostRelay.RunAsync(variables, "control", "log");
        Assert.Equal(0, exitCode);
        var lines = output.Trim().Split('\n');
        Assert.Equal(lines.Distinct(StringComparer.Ordinal).Count(), lines.Length);
        Assert.StartsWith(
            $"{consumer.Meter.Address} up to 60 Wh, block ", lines[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 300_000)]
    public async Task Every_mistake_in_its_settings_is_one_sentence_and_exit_code_2()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        foreach (var (variable, text, expected) in new[]
        {
            ("HELIOS_RPC_URL", "localhost", "rpcUrl is 'localhost', but must be an address like"),
            ("HELIOS_SECOND_RPC_URL", "x", "secondRpcUrl is 'x', but must be an address like"),
            ("HELIOS_CONFIRMATIONS", "0", "confirmations is '0', but must be a whole number from 1"),
            ("HELIOS_CONTROLLER_KEY", "0x12", "HELIOS_CONTROLLER_KEY holds no secret key"),
            ("HELIOS_METERS", "0x12", "meters is '0x12', but must be addresses of 0x and 40"),
            ("HELIOS_BROKER_URL", "http://x", "brokerUrl is 'http://x', but must be an address"),
            ("HELIOS_CHAIN_ID", "1", "is on chain 31337, not on 1: correct rpcUrl or chainId."),
            ("HELIOS_LEDGER", "0x" + new string('1', 40), "There is no contract at 0x1111"),
            ("HELIOS_DATABASE", "/nowhere/control.db", "The database /nowhere/control.db cannot"),
        })
        {
            var variables = Variables(bench);
            variables[variable] = text;
            var (exitCode, _, error) = await HostRelay.RunAsync(variables, "control");
            Assert.Equal(2, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
        }

        var (code, _, missing) = await HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal), "control");
        Assert.Equal(2, code);
        Assert.Contains("The controller's key is missing", missing, StringComparison.Ordinal);
        Assert.False(ct.IsCancellationRequested);
    }

    private static Dictionary<string, string> Variables(ControlBench bench) =>
        new(StringComparer.Ordinal)
        {
            ["HELIOS_RPC_URL"] = bench.Deployment.RpcUrl.ToString(),
            ["HELIOS_CHAIN_ID"] = $"{Helios.Tests.HostRelay.Relay.Deployment.ChainId}",
            ["HELIOS_LEDGER"] = bench.Deployment.Ledger.Address.ToString(),
            ["HELIOS_CONTROLLER_KEY"] = Secret,
            ["HELIOS_DATABASE"] = bench.Deployment.DatabasePath("program.db"),
            ["HELIOS_BROKER_URL"] = bench.Broker.Url.ToString(),
            ["HELIOS_CONFIRMATIONS"] = "2",
            ["HELIOS_POLL_MS"] = "20",
        };
}
