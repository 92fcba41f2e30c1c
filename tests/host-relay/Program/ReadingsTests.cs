using Helios.Relay;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Program;

/// <summary>What a person sees of a meter's readings, and has tried again.</summary>
public class ReadingsTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 120_000)]
    public async Task Prints_each_reading_of_a_meter_with_what_became_of_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (meter, other) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        await using (var relay = await RelayProcess.StartAsync(options, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            await connection.DeliverAsync(other, other.Sign(1, 100));
            await connection.DeliverAsync(meter, meter.Sign(2, 500, importWh: 70));
            await deployment.SettleAsync(relay);
            await connection.DeliverAsync(meter, meter.Sign(1, 300));
            await connection.DeliverAsync(meter, meter.Sign(3, 100));
            await deployment.SettleAsync(relay);
            await connection.DeliverAsync(meter, meter.Sign(4, 501, importWh: 70));
            await deployment.SettleAsync(relay);
        }

        var (exitCode, output, error) = await RunAsync(options, "readings", $"{meter.Address}");
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.Trim().Split('\n')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        Assert.Equal(5, lines.Length);
        Assert.Equal(["1", "300", "0", "0", "0", "-", "U", "superseded", "0"], lines[1]);
        Assert.Equal(["2", "500", "70", "0", "0", "-", "U", "accepted", "5"], lines[2][..^1]);
        Assert.StartsWith("0x", lines[2][^1], StringComparison.Ordinal);
        Assert.Equal(
            ["3", "100", "0", "0", "0", "-", "U", "given", "up:", "RegisterDecreased", "0"],
            lines[3]);
        Assert.Equal(["4", "501", "70", "0", "0", "-", "U", "pending", "0"], lines[4]);
    }

    [Fact(Timeout = 120_000)]
    public async Task Sends_again_what_the_node_has_forgotten()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        await using (var relay = await RelayProcess.StartAsync(options, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
            await Condition.MetAsync(() => relay.Figures.Transactions == 1);
        }

        await deployment.Node.InvokeAsync("anvil_dropAllTransactions", ct);
        await deployment.MineAsync(1);
        Assert.Equal(0UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));

        var (exitCode, output, _) = await RunAsync(options, "resend");
        Assert.Equal(0, exitCode);
        Assert.Contains("the node has it", output, StringComparison.Ordinal);
        await deployment.MineAsync(1);
        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(
        RelayOptions options, params string[] arguments) =>
        HostRelay.RunAsync(HostRelay.Variables(options, Secret), arguments);
}
