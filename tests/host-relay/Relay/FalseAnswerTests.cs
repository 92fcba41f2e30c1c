using System.Text.Json.Nodes;
using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// Answers of a node that have the right shape and are not so, or that other chains give: they
/// delay a reading, and nothing else.
/// </summary>
public class FalseAnswerTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("\"error\":{\"code\":-39001,\"message\":\"finalized block not found\"}")]
    [InlineData("\"result\":null")]
    public async Task A_chain_that_calls_no_block_final_is_served(string answer)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = async (request, forward) =>
                request.Contains("\"finalized\"", StringComparison.Ordinal)
                    ? $"{{\"jsonrpc\":\"2.0\",\"id\":1,{answer}}}" : await forward(),
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        for (var pagination = 1u; pagination <= 3; pagination++)
        {
            await connection.DeliverAsync(meter, meter.Sign(pagination, 500 * pagination));
            await deployment.MineAsync(60);
            await deployment.SettleAsync(relay);
        }

        Assert.Equal(15UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal(3, relay.Figures.Transactions);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_receipt_of_a_block_beside_the_newest_one_jams_no_nonce()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        TestMeter[] meters = await deployment.MetersAsync(2);
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        var (raw, isOver) = ("", false);
        proxy.OnRequest = async (request, forward) =>
        {
            if (raw.Length == 0
                && request.Contains("eth_sendRawTransaction", StringComparison.Ordinal))
            {
                // Untaken: the relay asks for the receipt with the block that it knows.
                raw = JsonNode.Parse(request)!["params"]![0]!.GetValue<string>();
                return """{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"later"}}""";
            }

            if (raw.Length == 0 || isOver
                || !request.Contains("eth_getTransactionReceipt", StringComparison.Ordinal))
            {
                return await forward();
            }

            var head = await deployment.Node.LatestBlockAsync(ct);
            var snapshot = await deployment.Node.InvokeAsync("evm_snapshot", ct);
            await deployment.Node.InvokeAsync("eth_sendRawTransaction", ct, raw);
            await deployment.MineAsync(1);
            var receipt = JsonNode.Parse(await forward())!;
            receipt["result"]!["blockNumber"] = Hex.Of((UInt128)head.Number);
            receipt["result"]!["blockHash"] = "0x" + new string('b', 64);
            await deployment.Node.InvokeAsync("evm_revert", ct, snapshot.GetString());
            isOver = true;
            return receipt.ToJsonString();
        };
        await connection.DeliverAsync(meters[0], meters[0].Sign(1, 500));
        await Condition.MetAsync(() => isOver);
        await connection.DeliverAsync(meters[1], meters[1].Sign(1, 500));
        await MineAsync(deployment, relay, blocks: 6);

        Assert.All(meters, meter => Assert.Equal(
            1u, relay.Figures.Meters.Single(one => one.Meter == meter.Address).AcceptedPagination));
        Assert.Equal(
            2UL, await deployment.Node.TransactionCountAsync(deployment.RelayKey.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_nonce_and_a_receipt_that_are_invented_jam_no_nonce()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;

        var (isTaken, isOver) = (false, false);
        proxy.OnRequest = async (request, forward) =>
        {
            if (!isOver && request.Contains("eth_sendRawTransaction", StringComparison.Ordinal))
            {
                isTaken = true;
                return """{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"later"}}""";
            }

            if (isTaken && !isOver
                && request.Contains("eth_getTransactionCount", StringComparison.Ordinal))
            {
                return """{"jsonrpc":"2.0","id":1,"result":"0x1"}""";
            }

            if (!isTaken || isOver
                || !request.Contains("eth_getTransactionReceipt", StringComparison.Ordinal))
            {
                return await forward();
            }

            isOver = true;
            var head = await deployment.Node.LatestBlockAsync(ct);
            return $$"""
                {"jsonrpc":"2.0","id":1,"result":{"status":"0x1","gasUsed":"0x1","logs":[],
                "blockNumber":"{{Hex.Of((UInt128)head.Number)}}","blockHash":"{{head.Hash}}"} }
                """;
        };
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await Condition.MetAsync(() => isOver);
        await MineAsync(deployment, relay, blocks: 6);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_block_that_is_dated_millennia_ahead_delays_a_reading_and_no_more()
    {
        const string Far = "0x3a00000000";
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var (early, small) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        var options = deployment.Options() with { RpcUrl = proxy.Url };
        await using (var relay = await RelayProcess.StartAsync(options, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            await relay.WhenAtRestAsync(ct);
            proxy.OnRequest = async (request, forward) =>
            {
                var answer = JsonNode.Parse(await forward())!;
                if (request.Contains("\"latest\",false", StringComparison.Ordinal))
                {
                    answer["result"]!["timestamp"] = Far;
                }

                return answer.ToJsonString();
            };
            await MineAsync(deployment, relay, blocks: 2);

            // The one counts in two hours and a half, the other is due in a day.
            await connection.DeliverAsync(early, early.Sign(1, 100_000));
            await connection.DeliverAsync(small, small.Sign(1, 50));
            await MineAsync(deployment, relay, blocks: 2);
            proxy.OnRequest = static async (_, forward) => await forward();
            for (var hour = 0; hour < 4; hour++)
            {
                await deployment.MineAsync(3_600);
                await deployment.SettleAsync(relay);
            }

            Assert.Equal(1_000UL, await deployment.Ledger.MintedOfAsync(early.Address, ct));
            await deployment.MineAsync(86_400);
            await deployment.SettleAsync(relay);
            Assert.Equal(
                1u, (await deployment.Ledger.RegistersOfAsync(small.Address, ct)).Pagination);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true, 1, 200)]
    [InlineData(false, 1, long.MaxValue - 3)]
    [InlineData(false, 4_000_000_000, 5)]
    public async Task Events_that_it_invents_end_nothing_and_are_not_believed(
        bool isSkipped, uint pagination, long number)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;
        var invented = EventOf(
            deployment, meter, isSkipped, pagination, (ulong)number).ToJsonString();
        var lies = LieInReceipts(proxy, receipt =>
        {
            receipt["logs"]!.AsArray().Add(JsonNode.Parse(invented));
            receipt["logs"]!.AsArray().Add(JsonNode.Parse(invented));
        });

        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await deployment.SettleAsync(relay);
        var ack = await connection.DeliverAsync(meter, meter.Sign(2, 510));

        Assert.InRange(lies(), 1, 2);
        Assert.Equal((2u, 1u), (ack.StoredPagination, ack.AcceptedPagination));
        Assert.Equal((1, 5UL), (relay.Figures.Accepted, relay.Figures.Meters.Single().Coins));
        Assert.Empty(relay.Figures.Skipped);
    }

    [Fact(Timeout = 60_000)]
    public async Task Gas_that_no_block_has_is_not_believed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;
        var lies = LieInReceipts(
            proxy, static receipt => receipt["gasUsed"] = "0x7fffffffffffffff");

        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await deployment.SettleAsync(relay);

        Assert.Equal((2, 1), (lies(), relay.Figures.Accepted));
        Assert.InRange(relay.Figures.GasUsed, 21_000UL, 1_000_000UL);
    }

    /// <summary>Alters the first two receipts that the node has.</summary>
    /// <returns>Says how many it has altered.</returns>
    private static Func<int> LieInReceipts(FaultProxy proxy, Action<JsonNode> alter)
    {
        var lies = 0;
        proxy.OnRequest = async (request, forward) =>
        {
            var answer = await forward();
            if (lies == 2
                || !request.Contains("eth_getTransactionReceipt", StringComparison.Ordinal)
                || JsonNode.Parse(answer)!["result"] is not { } receipt)
            {
                return answer;
            }

            lies++;
            alter(receipt);
            return receipt.Root.ToJsonString();
        };
        return () => lies;
    }

    /// <summary>The ledger's event as a node tells it, with a reason or coins.</summary>
    private static JsonObject EventOf(
        Deployment deployment, TestMeter meter, bool isSkipped, uint pagination, ulong number)
    {
        var name = isSkipped
            ? "ReadingSkipped(uint256,address,uint32,uint8)"
            : "ReadingAccepted(address,uint32,uint48,uint48,uint48,uint48,uint256)";
        var words = new AbiWriter(name);
        words = isSkipped
            ? words.Word(1).Word(pagination)
            : words.Word(pagination).Word(1).Word(1).Word(1).Word(1);
        var indexed = new AbiWriter("word(address)").Word(meter.Address).ToArray().AsSpan(4);
        return new JsonObject
        {
            ["address"] = deployment.Ledger.Address.ToString(),
            ["topics"] = new JsonArray(Hex.Of(AbiWriter.HashOf(name)), Hex.Of(indexed)),
            ["data"] = Hex.Of(words.Word(number).ToArray().AsSpan(4)),
            ["blockNumber"] = "0x1",
        };
    }

    /// <summary>Few blocks, each of which the relay has looked at.</summary>
    private static async Task MineAsync(Deployment deployment, RelayProcess relay, int blocks)
    {
        for (var i = 0; i < blocks; i++)
        {
            await deployment.MineAsync(1);
            await relay.WhenAtRestAsync(TestContext.Current.CancellationToken);
        }
    }
}
