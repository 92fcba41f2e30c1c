using Helios.Chain;
using Helios.Control;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Control;

/// <summary>A controller that signs too much leaves the proof of it behind.</summary>
public class AuditTests
{
    [Fact(Timeout = 120_000)]
    public async Task An_order_above_what_is_authorised_names_who_signed_it_and_for_whom()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync();
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);
        Assert.Equal((0, "1 order(s) heard, 0 above what is authorised."), await AuditAsync(bench));

        var thief = ControlBench.NewKey();
        var meter = consumer.Meter.Address;
        var ledger = bench.Deployment.Ledger.Address;
        var message = new OrderSigner(Deployment.ChainId, ledger, thief).Sign(meter, 800);
        await RetainedOrders.OverwriteAsync(
            bench.Broker,
            $"helios/v1/{meter.ToTopicLevel()}/order/{thief.Address.ToTopicLevel()}",
            message);

        // In the name of the honest one it proves nothing: he has not signed it.
        await RetainedOrders.OverwriteAsync(
            bench.Broker,
            $"helios/v1/{meter.ToTopicLevel()}/order/{bench.Key.Address.ToTopicLevel()}",
            message);

        var head = await bench.Deployment.Node.LatestBlockAsync(ct);
        var final = await bench.Deployment.Node.BlockAsync(
            Hex.Of((UInt128)(head.Number - ControlBench.Confirmations)), ct);
        var (exitCode, output) = await AuditAsync(bench);
        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"Controller {thief.Address} ordered up to 800 Wh for meter {meter}; block "
                + $"{final.Number} {final.Hash} authorises 300 Wh: {Hex.Of(message)}\n"
                + "1 order(s) heard, 1 above what is authorised.",
            output);
    }

    private static async Task<(int ExitCode, string Output)> AuditAsync(ControlBench bench)
    {
        await using StringWriter output = new() { NewLine = "\n" };
        var exitCode = await AuditCommand.RunAsync(
            bench.Options(), output, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString().TrimEnd());
    }
}
