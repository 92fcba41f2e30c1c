using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Observation;

/// <summary>A reading's trace, from MQTT to the block.</summary>
public class TraceTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 60_000)]
    public async Task A_reading_is_followed_to_its_block_over_a_restart()
    {
        var ct = TestContext.Current.CancellationToken;
        var steps = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Helios.Relay",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllData,
            ActivityStopped = steps.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3_600);
        var (signed, forged) = (meter.Sign(1, 700), meter.Sign(2, 900));
        forged[9] ^= 1;
        await using (var relay = await RelayProcess.StartAsync(deployment.Options(), ct))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            Assert.False(await connection.TryAsync(meter, forged));
            await connection.DeliverAsync(meter, signed);
            await Condition.MetAsync(() => StepsOf(steps, signed).Length == 3);
        }

        await using (var again = await RelayProcess.StartAsync(deployment.Options(), ct))
        {
            await deployment.SettleAsync(again);
        }

        var followed = StepsOf(steps, signed);
        Assert.Equal(
            ["block", "store", "submit", "take"],
            followed.Select(static step => step.OperationName).Order(StringComparer.Ordinal));
        var block = followed.Single(static step => step.OperationName is "block");
        Assert.Equal("Accepted", block.GetTagItem("helios.outcome"));
        var hash = followed.Single(static step => step.OperationName is "submit")
            .GetTagItem("helios.transaction");
        var receipt = await deployment.Node.ReceiptAsync(Hex.Parse($"{hash}"), ct);
        Assert.Equal(receipt!.BlockNumber, block.GetTagItem("helios.block"));
        var refused = Assert.Single(StepsOf(steps, forged));
        Assert.Equal(
            (ActivityStatusCode.Error, "WrongSigner"),
            (refused.Status, refused.StatusDescription));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_program_sends_its_traces_to_a_collector()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3_600);
        var signed = meter.Sign(1, 700);
        using var collector = new HttpListener();
        var url = $"http://127.0.0.1:{PlainBroker.FreePort()}/v1/traces/";
        collector.Prefixes.Add(url);
        collector.Start();
        var received = CollectAsync(collector, SHA256.HashData(signed)[..16], ct);

        var variables = Program.HostRelay.Variables(deployment.Options(), Secret);
        variables["HELIOS_TRACES_URL"] = url;
        await using var relay = Program.HostRelay.Start(variables, "run");
        await using (var connection = await MeterConnection.OpenAsync(
            await relay.BrokerPortAsync()))
        {
            await connection.DeliverAsync(meter, signed);
            while (await deployment.Ledger.MintedOfAsync(meter.Address, ct) < 7)
            {
                await Task.Delay(20, ct);
            }
        }

        Assert.Equal(0, await relay.InterruptAsync());
        Assert.Equal(["store", "submit", "take"], await received);
    }

    // Until each of these steps came with the trace's id; the block may come or not.
    private static async Task<string[]> CollectAsync(
        HttpListener collector, byte[] traceId, CancellationToken ct)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        while (found.Count < 3)
        {
            var request = await collector.GetContextAsync().WaitAsync(ct);
            using var body = new MemoryStream();
            await request.Request.InputStream.CopyToAsync(body, ct);
            request.Response.Close();
            var bytes = body.ToArray();
            foreach (var name in new[] { "take", "store", "submit" })
            {
                if (bytes.AsSpan().IndexOf(traceId) >= 0
                    && bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) >= 0)
                {
                    found.Add(name);
                }
            }
        }

        return [.. found];
    }

    private static Activity[] StepsOf(IEnumerable<Activity> steps, byte[] signed)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(signed)[..16]);
        return [.. steps.Where(step => string.Equals(
            step.TraceId.ToHexString(), id, StringComparison.Ordinal))];
    }
}
