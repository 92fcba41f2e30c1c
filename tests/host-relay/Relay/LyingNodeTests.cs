using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// A node that says what is not so, for a while: it can delay a reading, and nothing else.
/// </summary>
public class LyingNodeTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("eth_getBlockByNumber", "null")]
    [InlineData("eth_getBlockByNumber", "{\"number\":null}")]
    [InlineData("eth_getTransactionCount", "\"0xg\"")]
    [InlineData("eth_getTransactionCount", "7")]
    [InlineData("eth_estimateGas", "\"0x100000000000000000000000000000000000\"")]
    [InlineData("eth_getTransactionReceipt", "{}")]
    [InlineData("eth_call", "\"0x\"")]
    public async Task An_answer_of_another_shape_ends_nothing(string method, string result)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;
        await connection.DeliverAsync(meter, meter.Sign(1, 10));

        var lies = 0;
        proxy.OnRequest = async (request, forward) =>
        {
            if (!request.Contains(method, StringComparison.Ordinal) || lies == 3)
            {
                return await forward();
            }

            lies++;
            return $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{result}}}";
        };
        await connection.DeliverAsync(meter, meter.Sign(2, 500));
        while (lies < 3 && !relay.Completion.IsCompleted)
        {
            await deployment.MineAsync(1);
            await Task.Delay(20, ct);
        }

        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_nonce_that_it_invents_is_said_and_jams_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url, Log = log }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        await relay.WhenAtRestAsync(ct);
        proxy.OnRequest = async (request, forward) =>
            request.Contains("eth_getTransactionCount", StringComparison.Ordinal)
                ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1000\"}" : await forward();
        await deployment.MineAsync(1);
        await Condition.MetAsync(() => log.Containing("another program uses the key").Length > 0);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        Assert.Equal(RelayRest.Idle, await relay.WhenAtRestAsync(ct));
        Assert.Equal(0, relay.Figures.Transactions);
        Assert.Single(log.Containing("another program uses the key"));

        proxy.OnRequest = static async (_, forward) => await forward();
        await deployment.MineAsync(1);
        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal(
            1UL, await deployment.Node.TransactionCountAsync(deployment.RelayKey.Address, ct));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("RegisterDecreased(uint48,uint48)", 0)]
    [InlineData("PaginationNotNewer(uint32,uint32)", 0)]
    [InlineData("NotYetPlausible(uint256,uint256)", 2_000_000_000UL)]
    public async Task A_reading_that_it_speaks_against_is_tried_again_later(
        string error, ulong argument)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;
        var revert = Hex.Of(new AbiWriter(error).Word(argument).Word(0).ToArray());
        var record = Convert.ToHexStringLower(AbiWriter.SelectorOf("record(bytes)"));
        var registers = Convert.ToHexStringLower(
            AbiWriter.SelectorOf("registersOf(address)"));
        proxy.OnRequest = async (request, forward) =>
        {
            var id = System.Text.Json.Nodes.JsonNode.Parse(request) is
                System.Text.Json.Nodes.JsonArray { Count: 1 } batch ? batch[0]!["id"] : null;
            return request.Contains("0x" + record, StringComparison.Ordinal) && id is not null
                ? $"[{{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{{\"code\":3,\"message\":"
                    + $"\"revert\",\"data\":\"{revert}\"}}}}]"
                : request.Contains("0x" + registers, StringComparison.Ordinal) && id is not null
                    ? $"[{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":\"0x"
                        + $"{new string('0', 59)}10000{new string('0', (4 * 64) + 56)}7fffffff\"}}]"
                    : await forward();
        };
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        Assert.Equal(RelayRest.Idle, await relay.WhenAtRestAsync(ct));
        Assert.Equal(0, relay.Figures.Transactions);

        proxy.OnRequest = static async (_, forward) => await forward();
        await deployment.MineAsync(3_600);
        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_estimate_of_nothing_jams_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var lies = 1;
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = async (request, forward) =>
                request.Contains("eth_estimateGas", StringComparison.Ordinal) && lies-- > 0
                    ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x0\"}" : await forward(),
        };
        TestMeter[] meters = await deployment.MetersAsync(4);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        // An hour of rated power: all count in the same block, so that they are one batch.
        foreach (var meter in meters)
        {
            await connection.DeliverAsync(meter, meter.Sign(1, 40_000));
        }

        await deployment.MineAsync(3600);
        await deployment.SettleAsync(relay);

        Assert.True(lies < 0);
        Assert.Equal(meters.Length, relay.Figures.Accepted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_refuses_everything_is_said_in_one_sentence()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = static (_, _) => Task.FromResult<string?>(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no key\"}}"),
        };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() =>
            RelayProcess.StartAsync(deployment.Options() with { RpcUrl = proxy.Url }, ct));

        Assert.Contains("no key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_mute_node_and_strangers_do_not_hold_up_a_meter_that_is_known()
    {
        const int Strangers = 40;
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var meter = await deployment.MeterAsync();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                RpcUrl = proxy.Url,
                RpcTimeLimit = TimeSpan.FromMilliseconds(500),
                PollInterval = TimeSpan.FromSeconds(30),
            },
            ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 10));

        var asked = 0;
        proxy.OnRequest = async (_, _) =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(TimeSpan.FromSeconds(60), ct);
            return null;
        };
        for (var number = 0; number < Strangers; number++)
        {
            var stranger = await deployment.MeterAsync(isEnrolled: false);
            await connection.PublishAsync(stranger.Topic, stranger.Sign(1, 500));
        }

        await connection.DeliverAsync(meter, meter.Sign(2, 20));

        Assert.Equal(Strangers, relay.Figures.Refused[RefusalReason.NodeUnreachable]);
        Assert.InRange(asked, 1, Strangers / 2);
    }
}
