using Dapper;
using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Tests.HostRelay.Relay;

public class RestartTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ended_between_commit_and_broadcast_it_sends_the_same_bytes_once(
        bool isForwarded)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            // The node's answer never comes back; whether the node heard, the relay cannot know.
            OnRequest = async (request, forward) =>
            {
                var isBroadcast = request.Contains(
                    "eth_sendRawTransaction", StringComparison.Ordinal);
                var answer = !isBroadcast || isForwarded ? await forward() : null;
                return isBroadcast ? null : answer;
            },
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        var options = deployment.Options();

        await using (var first = await RelayProcess.StartAsync(
            options with { RpcUrl = proxy.Url }, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(first.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
            await Condition.MetAsync(() => first.Figures.Transactions == 1);
        }

        var (nonce, raw, hash) = Outgoing(options.DatabasePath).Single();
        await using var second = await RelayProcess.StartAsync(options, ct);
        await deployment.SettleAsync(second);

        Assert.Equal((nonce, raw, hash), Outgoing(options.DatabasePath).Single());
        Assert.True((await deployment.Node.ReceiptAsync(Hex.Parse(hash), ct))!.Succeeded);
        Assert.Equal(
            1UL, await deployment.Node.TransactionCountAsync(deployment.RelayKey.Address, ct));
        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal((1, 1), (second.Figures.Accepted, second.Figures.Transactions));
    }

    [Fact(Timeout = 60_000)]
    public async Task Mined_while_it_was_away_a_reading_is_not_sent_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        var options = deployment.Options();

        await using (var first = await RelayProcess.StartAsync(options, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(first.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
            Assert.Equal(RelayRest.AwaitsBlock, await first.WhenAtRestAsync(ct));
        }

        await deployment.MineAsync(10);
        await using var second = await RelayProcess.StartAsync(options, ct);
        await second.WhenIdleAsync(ct);

        Assert.Equal((1, 1), (second.Figures.Accepted, second.Figures.Transactions));
        Assert.Equal(5UL, second.Figures.Meters.Single().Coins);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_rolls_back_gets_the_same_transactions_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3600);
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        var snapshot = await deployment.Node.InvokeAsync("evm_snapshot", ct);
        for (uint pagination = 1; pagination <= 5; pagination++)
        {
            await connection.DeliverAsync(meter, meter.Sign(pagination, pagination * 200));
            await deployment.SettleAsync(relay);
        }

        Assert.Equal(10UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        var before = Outgoing(deployment.Options().DatabasePath);
        await deployment.Node.InvokeAsync("evm_revert", ct, snapshot.GetString());
        Assert.Equal(0UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        await deployment.MineAsync(30);
        await deployment.SettleAsync(relay);

        Assert.Equal(10UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal(before, Outgoing(deployment.Options().DatabasePath));
        Assert.Equal((5, 10UL), (relay.Figures.Accepted, relay.Figures.Meters.Single().Coins));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reorg_that_drops_the_transaction_changes_nothing_in_the_result()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3600);
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        for (uint depth = 1; depth <= 3; depth++)
        {
            await connection.DeliverAsync(meter, meter.Sign(depth, depth * 300));
            await deployment.SettleAsync(relay);
            await deployment.Node.InvokeAsync("anvil_reorg", ct, depth, Array.Empty<object>());
            await deployment.SettleAsync(relay);

            Assert.Equal(depth * 3UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
            Assert.Equal(depth, relay.Figures.Transactions);
            Assert.Equal(depth * 3UL, relay.Figures.Meters.Single().Coins);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_block_that_comes_between_two_of_its_questions_and_goes_again_is_noticed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;

        var (isTaken, isOver) = (false, false);
        proxy.OnRequest = async (request, forward) =>
        {
            if (!isTaken && request.Contains("eth_sendRawTransaction", StringComparison.Ordinal))
            {
                // The lie makes the relay ask for the receipt with the block that it knows.
                isTaken = true;
                await forward();
                return """{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"later"}}""";
            }

            var isNow = isTaken && !isOver
                && request.Contains("eth_getTransactionReceipt", StringComparison.Ordinal);
            if (!isNow)
            {
                return await forward();
            }

            await deployment.MineAsync(1);
            var receipt = await forward();
            await deployment.Node.InvokeAsync("anvil_reorg", ct, 1, Array.Empty<object>());
            isOver = true;
            return receipt;
        };
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await Condition.MetAsync(() => isOver);
        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal((1, 1), (relay.Figures.Accepted, relay.Figures.Transactions));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("registersOf(address)")]
    [InlineData("record(bytes)")]
    public async Task A_reading_that_somebody_else_brought_into_a_block_that_goes_again_is_brought(
        string question)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        var options = deployment.Options() with { RpcUrl = proxy.Url };
        await using (var first = await RelayProcess.StartAsync(options, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(first.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 99));
            proxy.OnRequest = static (_, _) => Task.FromResult<string?>(null);
            await connection.DeliverAsync(meter, meter.Sign(2, 500));
        }

        var asked = Tool.Cast("sig", question)[2..];
        var askedNext = Tool.Cast("sig", "registersOf(address)")[2..];
        var (isThere, isOver) = (false, false);
        proxy.OnRequest = async (request, forward) =>
        {
            if (!isThere && request.Contains(asked, StringComparison.Ordinal))
            {
                isThere = true;
                await deployment.SendAsync(
                    deployment.Ledger.Address, LedgerCalls.Record(meter.Sign(2, 500)));
            }
            else if (isThere && !isOver && !request.Contains(askedNext, StringComparison.Ordinal))
            {
                isOver = true;
                await deployment.Node.InvokeAsync("anvil_reorg", ct, 1, Array.Empty<object>());
            }

            return await forward();
        };
        await using var second = await RelayProcess.StartAsync(options, ct);
        await Condition.MetAsync(() => isOver);
        await deployment.SettleAsync(second);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal((1, 1), (second.Figures.Accepted, second.Figures.Transactions));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_nonce_that_went_elsewhere_does_not_jam_the_readings()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = static async (request, forward) =>
                request.Contains("eth_sendRawTransaction", StringComparison.Ordinal)
                    ? null : await forward(),
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        var options = deployment.Options();
        await using (var first = await RelayProcess.StartAsync(
            options with { RpcUrl = proxy.Url }, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(first.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
            await Condition.MetAsync(() => first.Figures.Transactions == 1);
        }

        var foreign = new DynamicFeeTransaction
        {
            ChainId = Deployment.ChainId,
            Nonce = 0,
            MaxPriorityFeePerGasWei = 1_000_000_000,
            MaxFeePerGasWei = 100_000_000_000,
            GasLimit = 21_000,
            To = deployment.RelayKey.Address,
        }.Sign(deployment.RelayKey);
        await deployment.Node.BroadcastAsync(foreign.Raw, ct);
        await deployment.MineAsync(1);

        await using var second = await RelayProcess.StartAsync(options, ct);
        await deployment.SettleAsync(second);
        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal([0L, 1L], Outgoing(options.DatabasePath).Select(static row => row.Nonce));
    }

    [Fact(Timeout = 60_000)]
    public async Task Readings_of_a_sender_without_money_go_on_with_another()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        var options = deployment.Options();
        var poor = new SenderKey(Convert.FromHexString(new string('5', 64)));
        using var log = new LogLines();
        await using (var first = await RelayProcess.StartAsync(
            options with { Sender = poor, Log = log }, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(first.BrokerPort);
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
            Assert.Equal(RelayRest.Idle, await first.WhenAtRestAsync(ct));
            Assert.Single(log.Containing($"Sender {poor.Address} holds 0 wei"));
        }

        // The first copy's claim on its meters runs out.
        await deployment.MineAsync(200);

        await using var second = await RelayProcess.StartAsync(options, ct);
        await deployment.SettleAsync(second);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal((1, 0), (second.Figures.Accepted, second.Figures.Unconfirmed));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_transaction_that_reverts_blocks_no_reading()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var lies = 2;
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            // Estimates far too low: the transaction runs out of gas.
            OnRequest = async (request, forward) =>
            {
                var answer = await forward();
                return request.Contains("eth_estimateGas", StringComparison.Ordinal) && lies-- > 0
                    ? System.Text.RegularExpressions.Regex.Replace(
                        answer, "\"0x[0-9a-f]+\"", "\"0x4000\"",
                        System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
                    : answer;
            },
        };
        TestMeter[] meters =
        [
            await deployment.MeterAsync(),
            await deployment.MeterAsync(),
            await deployment.MeterAsync(),
        ];
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        foreach (var meter in meters)
        {
            await connection.DeliverAsync(meter, meter.Sign(1, 500));
        }

        await deployment.SettleAsync(relay);

        Assert.Equal(3, relay.Figures.Accepted);
        Assert.Empty(relay.Figures.Skipped);
        Assert.True(lies < 0);
        foreach (var meter in meters)
        {
            Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        }
    }

    private static List<(long Nonce, string Raw, string Hash)> Read(SqliteConnection connection) =>
    [
        .. connection.Query<(long Nonce, byte[] Raw, byte[] Hash)>(
            "SELECT nonce, raw, hash FROM outgoing ORDER BY id")
            .Select(static row => (row.Nonce, Hex.Of(row.Raw), Hex.Of(row.Hash))),
    ];

    private static List<(long Nonce, string Raw, string Hash)> Outgoing(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        return Read(connection);
    }
}
