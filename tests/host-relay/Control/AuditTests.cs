using Helios.Chain;
using Helios.Control;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
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

    /// <summary>
    /// In the liar's contract everything is authorised, and the honest node repeats that.
    /// </summary>
    [Fact(Timeout = 120_000)]
    public async Task A_node_that_names_other_redemptions_hides_no_order()
    {
        const string Liars = "7777777777777777777777777777777777777777";
        await using var bench = await ControlBench.StartAsync();
        await bench.Deployment.Node.InvokeAsync(
            "anvil_setCode",
            TestContext.Current.CancellationToken,
            "0x" + Liars,
            "0x65ffffffffffff5f5260205ff3"); // returns 2^48 - 1
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl)
        {
            OnRequest = (request, forward) => Answers.WithWordAsync(
                request, forward, "redemptions()", new string('0', 24) + Liars),
        };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => AuditAsync(bench, bench.Options() with
            {
                RpcUrls = [proxy.Url, bench.Deployment.RpcUrl],
            }));

        Assert.Contains("The nodes disagree about the redemptions", refusal.Message,
            StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> AuditAsync(
        ControlBench bench, ControlOptions? options = null)
    {
        await using StringWriter output = new() { NewLine = "\n" };
        var exitCode = await AuditCommand.RunAsync(
            options ?? bench.Options(), output, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString().TrimEnd());
    }
}
