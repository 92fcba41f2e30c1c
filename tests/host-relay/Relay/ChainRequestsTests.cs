using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>What a node is asked before a batch goes out: no more than it must be.</summary>
public class ChainRequestsTests
{
    private const string Estimate = "eth_estimateGas";
    private static readonly string Trial = Selector("record(bytes)");
    private static readonly string Run = Selector("recordBatch(bytes)");

    [Fact(Timeout = 60_000)]
    public async Task Batches_of_one_size_share_an_estimate()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var asked = Counting(proxy, Estimate, Run);
        TestMeter[] meters = await deployment.MetersAsync(4);
        await using var relay = await RelayProcess.StartAsync(
            OptionsOf(deployment, proxy, new() { ReadingsPerTransactionMax = 1 }), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        foreach (var meter in meters)
        {
            await connection.DeliverAsync(meter, meter.Sign(1, 40_000));
        }

        await deployment.MineAsync(3_600);
        await deployment.SettleAsync(relay);

        // An estimate carries the batch too.
        Assert.Equal(meters.Length, relay.Figures.Transactions);
        Assert.Equal(meters.Length, relay.Figures.Accepted);
        Assert.Equal((1, meters.Length), (asked(Estimate), asked(Run)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_batch_that_needs_more_than_the_one_before_is_estimated_anew()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var asked = Counting(proxy, Estimate, Run);
        TestMeter[] meters = await deployment.MetersAsync(2);
        await deployment.MineAsync(3_600);
        await using var relay = await RelayProcess.StartAsync(
            OptionsOf(deployment, proxy, new() { DueAfterS = 0 }), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        // The first mints nothing, the second to an owner who has nothing.
        await connection.DeliverAsync(meters[0], meters[0].Sign(1, 1));
        await deployment.SettleAsync(relay);
        await connection.DeliverAsync(meters[1], meters[1].Sign(1, 40_000));
        await deployment.SettleAsync(relay);

        Assert.Equal(2, relay.Figures.Transactions);
        Assert.Equal(2, relay.Figures.Accepted);
        Assert.Equal(400UL, await deployment.Ledger.MintedOfAsync(meters[1].Address, ct));
        Assert.Equal((2, 3), (asked(Estimate), asked(Run)));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_ledger_is_not_asked_about_readings_that_nothing_has_room_for()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var asked = Counting(proxy, Trial);
        TestMeter[] meters = await deployment.MetersAsync(2);
        await deployment.MineAsync(3_600);
        await using var relay = await RelayProcess.StartAsync(
            OptionsOf(deployment, proxy, new() { TransactionsInFlightMax = 1 }), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        await connection.DeliverAsync(meters[0], meters[0].Sign(1, 40_000));
        Assert.Equal(RelayRest.AwaitsBlock, await relay.WhenAtRestAsync(ct));
        await connection.DeliverAsync(meters[1], meters[1].Sign(1, 40_000));
        Assert.Equal(RelayRest.AwaitsBlock, await relay.WhenAtRestAsync(ct));
        Assert.Equal(1, asked(Trial));

        await deployment.SettleAsync(relay);
        Assert.Equal(2, relay.Figures.Accepted);
        Assert.Equal(2, asked(Trial));
    }

    [Fact(Timeout = 60_000)]
    public async Task Readings_that_come_during_a_pass_wait_for_the_next()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3_600);
        await using var relay = await RelayProcess.StartAsync(
            OptionsOf(deployment, proxy, new() { CoinsMin = 1_000 }) with
            {
                PollInterval = TimeSpan.FromMinutes(1),
            },
            ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 1));
        await relay.WhenAtRestAsync(ct);
        var pagination = 1u;
        proxy.OnRequest = async (request, forward) =>
        {
            if (request.Contains(Trial, StringComparison.Ordinal))
            {
                pagination++;
                await connection.PublishAsync(meter.Topic, meter.Sign(pagination, pagination));
            }

            return await forward();
        };

        await connection.DeliverAsync(meter, meter.Sign(++pagination, pagination));
        await relay.WhenAtRestAsync(ct);

        Assert.Equal(3u, pagination);
    }

    private static RelayOptions OptionsOf(
        Deployment deployment, FaultProxy proxy, SubmissionPolicy policy) =>
        deployment.Options() with { RpcUrl = proxy.Url, Submission = policy };

    /// <summary>How many requests had these words, once they have been made.</summary>
    private static Func<string, int> Counting(FaultProxy proxy, params string[] words)
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        proxy.OnRequest = async (request, forward) =>
        {
            foreach (var one in words)
            {
                if (request.Contains(one, StringComparison.Ordinal))
                {
                    seen.Enqueue(one);
                }
            }

            return await forward();
        };
        return word => seen.Count(one => string.Equals(one, word, StringComparison.Ordinal));
    }

    // As calldata begins with it.
    private static string Selector(string signature) =>
        "\"0x" + Convert.ToHexStringLower(AbiWriter.SelectorOf(signature));
}
