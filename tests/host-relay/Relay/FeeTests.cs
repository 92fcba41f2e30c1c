using System.Text.Json.Nodes;
using Dapper;
using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Tests.HostRelay.Relay;

public class FeeTests
{
    private const ulong Gwei = 1_000_000_000;

    [Fact(Timeout = 60_000)]
    public async Task What_blocks_leave_out_gets_a_higher_fee_that_is_stored_before_it_is_sent()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var options = deployment.Options();
        var sent = new List<(string Raw, bool WasStored)>();
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = async (request, forward) =>
            {
                if (request.Contains("eth_sendRawTransaction", StringComparison.Ordinal))
                {
                    var raw = RawIn(request);
                    var stored = NewestRaw(options.DatabasePath);
                    sent.Add((raw, string.Equals(stored, raw, StringComparison.Ordinal)));
                }

                return await forward();
            },
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            options with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        Assert.Equal(RelayRest.AwaitsBlock, await relay.WhenAtRestAsync(ct));

        await MineAboveAsync(deployment, 20 * Gwei, 6, relay);
        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.All(sent, static one => Assert.True(one.WasStored));
        var versions = sent.Select(static one => one.Raw).Distinct()
            .Select(static raw => DynamicFeeTransaction.Parse(Hex.Parse(raw))).ToArray();
        Assert.Equal(2, versions.Length);
        Assert.Equal(
            (versions[0].Nonce, Hex.Of(versions[0].Calldata.Span)),
            (versions[1].Nonce, Hex.Of(versions[1].Calldata.Span)));
        Assert.True(8 * versions[1].MaxFeePerGasWei >= 9 * versions[0].MaxFeePerGasWei);
        Assert.True(
            8 * versions[1].MaxPriorityFeePerGasWei >= 9 * versions[0].MaxPriorityFeePerGasWei);
        Assert.Equal((1, 0), (relay.Figures.Transactions, relay.Figures.Unconfirmed));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fee_rises_though_a_false_height_was_newest_when_it_was_chosen()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ProxiedRelay.StartAsync(ct);
        var (deployment, proxy, meter, relay, connection) = bench;
        proxy.OnRequest = async (request, forward) =>
        {
            var answer = JsonNode.Parse(await forward())!;
            if (request.Contains("\"latest\",false", StringComparison.Ordinal))
            {
                answer["result"]!["number"] = "0xffffffffff";
            }

            return answer.ToJsonString();
        };
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        Assert.Equal(RelayRest.AwaitsBlock, await relay.WhenAtRestAsync(ct));
        proxy.OnRequest = static async (_, forward) => await forward();

        await MineAboveAsync(deployment, 20 * Gwei, 6, relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task Whichever_version_is_mined_is_found()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var sent = new List<string>();
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            // The pool of another node has the first version, and takes none in its place.
            OnRequest = async (request, forward) =>
            {
                if (!request.Contains("eth_sendRawTransaction", StringComparison.Ordinal))
                {
                    return await forward();
                }

                sent.Add(RawIn(request));
                return "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":"
                    + (sent.Distinct().Count() == 1
                        ? "\"already known\"}}"
                        : "\"replacement transaction underpriced\"}}");
            },
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await relay.WhenAtRestAsync(ct);

        for (var i = 0; i < 12; i++)
        {
            await deployment.MineAsync(1);
            await relay.WhenAtRestAsync(ct);
        }

        await deployment.Node.BroadcastAsync(Hex.Parse(sent[0]), ct);
        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal((1, 1), (relay.Figures.Accepted, relay.Figures.Transactions));
        Assert.Equal(3, sent.Distinct().Count());
    }

    [Fact(Timeout = 60_000)]
    public async Task No_fee_rises_above_the_limit()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var options = deployment.Options() with
        {
            Submission = new SubmissionPolicy { MaxFeePerGasWei = 4 * Gwei },
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(options, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await relay.WhenAtRestAsync(ct);

        await MineAboveAsync(deployment, 20 * Gwei, 20, relay);

        var newest = DynamicFeeTransaction.Parse(Hex.Parse(NewestRaw(options.DatabasePath)!));
        Assert.InRange(newest.MaxFeePerGasWei, (UInt128)Gwei, 4 * (UInt128)Gwei);
        Assert.Equal(0, relay.Figures.Accepted);
    }

    /// <summary>Blocks with a base fee that the relay's first version does not pay.</summary>
    private static async Task MineAboveAsync(
        Deployment deployment, ulong baseFeeWei, int blocks, RelayProcess relay)
    {
        var ct = TestContext.Current.CancellationToken;
        for (var i = 0; i < blocks; i++)
        {
            await deployment.Node.InvokeAsync(
                "anvil_setNextBlockBaseFeePerGas", ct, Hex.Of((UInt128)baseFeeWei));
            await deployment.MineAsync(1);
            await relay.WhenAtRestAsync(ct);
        }
    }

    private static string RawIn(string request)
    {
        var at = request.LastIndexOf("0x", StringComparison.Ordinal);
        return request[at..request.IndexOf('"', at)];
    }

    private static string? NewestRaw(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        return connection.QuerySingleOrDefault<byte[]>(
            "SELECT raw FROM outgoing ORDER BY id DESC LIMIT 1") is { } raw ? Hex.Of(raw) : null;
    }
}
