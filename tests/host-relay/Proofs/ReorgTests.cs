using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Reorgs, and a node that is ill in every way at once. At night 200 reorgs and 2,000 readings.
/// </summary>
[Collection(nameof(ProofRuns))]
public class ReorgTests
{
    private const int DepthMax = 5;
    private const int Meters = 6;
    private const int RequestsPerReading = 5;
    private const int Silence = 4;

    // What nodes of several makes answer, true or not.
    private static readonly string[] Refusals =
    [
        "replacement transaction underpriced", "transaction already imported", "already known",
        "nonce too low", "txpool is full", "header not found", "limit exceeded",
    ];

    private static readonly string[] WrongResults =
        ["null", "\"0x\"", "7", "{}", "[]", "\"0xzz\"", "true"];

    [Fact]
    public async Task Reorgs_of_depth_1_to_5_change_nothing_in_the_result()
    {
        var reorgs = Night.Or(200, 20);
        var random = new Random(Night.Seed);
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meters = await MetersAsync(deployment);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options(), TestContext.Current.CancellationToken);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        for (var reorg = 0; reorg < reorgs; reorg++)
        {
            await WorkAsync(deployment, relay, connection, meters, random);
            await ReorganiseAsync(deployment, (reorg % DepthMax) + 1);
        }

        await deployment.SettleAsync(relay);
        await VerifyAsync(deployment, meters, $"{reorgs} reorgs of depth 1 to {DepthMax}", relay);
        Assert.Equal(0, relay.Figures.Unconfirmed);
    }

    [Fact]
    public async Task A_node_that_is_ill_in_every_way_at_once_delays_readings_and_loses_none()
    {
        var readings = Night.Or(2_000, 60);
        var ct = TestContext.Current.CancellationToken;
        var random = new Random(Night.Seed);
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meters = await MetersAsync(deployment);
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                RpcUrl = proxy.Url,
                RpcTimeLimit = TimeSpan.FromSeconds(3),
            },
            ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        foreach (var meter in meters)
        {
            await connection.DeliverAsync(meter.Meter, meter.SignNext());
        }

        var faults = new int[7];
        proxy.OnRequest = (request, forward) => IllAsync(random, faults, request, forward, ct);
        for (var i = 0; i < readings || faults.Contains(0); i++)
        {
            await Condition.MetAsync(() => faults.Sum() >= i * RequestsPerReading);
            var meter = meters[random.Next(Meters)];
            await connection.DeliverAsync(meter.Meter, meter.SignNext());
            await deployment.MineAsync(1);
            if (random.Next(20) == 0)
            {
                await ReorganiseAsync(deployment, random.Next(1, DepthMax + 1));
            }

            Assert.False(relay.Completion.IsCompleted, $"{relay.Completion.Exception}");
        }

        proxy.OnRequest = static async (_, forward) => await forward();
        await deployment.MineAsync(3_600);
        await deployment.SettleAsync(relay);
        await VerifyAsync(
            deployment,
            meters,
            $"{faults[0]} answers as they were, {faults[1]} requests lost, {faults[2]} answers "
                + $"lost, {faults[3]} half-closed, {faults[4]} out of time, {faults[5]} refusals, "
                + $"{faults[6]} wrong",
            relay);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("transaction already imported", true)]
    [InlineData("already known", true)]
    [InlineData("nonce too low", true)]
    [InlineData("replacement transaction underpriced", true)]
    [InlineData("transaction already imported", false)]
    [InlineData("nonce too low", false)]
    [InlineData("replacement transaction underpriced", false)]
    [InlineData("txpool is full", false)]
    [InlineData("INTERNAL_ERROR: queued sub-pool is full", false)]
    public async Task Whatever_a_node_answers_to_a_broadcast_the_same_transaction_is_mined_once(
        string answer, bool isTaken)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var lies = 2;
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = async (request, forward) =>
            {
                if (!request.Contains("eth_sendRawTransaction", StringComparison.Ordinal)
                    || lies-- <= 0)
                {
                    return await forward();
                }

                _ = isTaken ? await forward() : "";
                return RefusalOf(answer);
            },
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await deployment.SettleAsync(relay);

        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        Assert.Equal((1, 1), (relay.Figures.Transactions, relay.Figures.Accepted));
        Assert.Equal(
            1UL, await deployment.Node.TransactionCountAsync(deployment.RelayKey.Address, ct));
    }

    private static async Task<string?> IllAsync(
        Random random, int[] faults, string request, Func<Task<string>> forward,
        CancellationToken ct)
    {
        int fault;
        lock (random)
        {
            fault = random.Next(3) > 0 ? 0 : random.Next(1, faults.Length);

            // Silence costs its whole time: one in ten.
            fault = fault == Silence && random.Next(10) > 0 ? 0 : fault;
            faults[fault]++;
        }

        switch (fault)
        {
            case 1:
                return null;
            case 2:
                await forward();
                return null;
            case 3:
                return FaultProxy.HalfClosed + await forward();
            case Silence:
                await Task.Delay(TimeSpan.FromSeconds(4), ct);
                return await forward();
            case 5:
                return RefusalOf(Refusals[faults[5] % Refusals.Length]);
            case 6:
                return request.StartsWith('[') || faults[6] % 3 == 0
                    ? "<html>502 Bad Gateway</html>"
                    : $$"""{"jsonrpc":"2.0","id":1,"result":{{WrongResults[
                        faults[6] % WrongResults.Length]}}}""";
            default:
                return await forward();
        }
    }

    private static string RefusalOf(string reason) =>
        $$$"""{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"{{{reason}}}"}}""";

    private static async Task<WorkingMeter[]> MetersAsync(Deployment deployment)
    {
        var meters = await deployment.MetersAsync(Meters);
        await deployment.MineAsync(20 * 86_400);

        // No reorg reaches back to an Enrolment, which nobody here would send again.
        for (var block = 0; block < DepthMax; block++)
        {
            await deployment.MineAsync(1);
        }

        return [.. meters.Select(static (one, i) => new WorkingMeter(one, Night.Seed + i))];
    }

    private static async Task WorkAsync(
        Deployment deployment,
        RelayProcess relay,
        MeterConnection connection,
        WorkingMeter[] meters,
        Random random)
    {
        var ct = TestContext.Current.CancellationToken;
        for (var block = 0; block < DepthMax; block++)
        {
            foreach (var meter in meters.Where(_ => random.Next(2) == 0))
            {
                await connection.DeliverAsync(meter.Meter, meter.SignNext());
            }

            await relay.WhenAtRestAsync(ct);
            await deployment.MineAsync(1);
        }
    }

    private static async Task ReorganiseAsync(Deployment deployment, int depth) =>
        await deployment.Node.InvokeAsync(
            "anvil_reorg", TestContext.Current.CancellationToken, depth, Array.Empty<object>());

    private static async Task VerifyAsync(
        Deployment deployment, WorkingMeter[] meters, string name, RelayProcess relay)
    {
        var database = deployment.Options().DatabasePath;
        using var chain = new ChainBooks(deployment.RpcUrl, deployment.Ledger.Address);
        var verdict = await KillVerdict.ReadAsync(
            meters, chain, database, [deployment.RelayKey.Address], 100);
        Night.Print($"{name}, seed {Night.Seed}; {verdict.Figures}.");
        verdict.AssertNothingFound();
        Assert.Equal(0, relay.Figures.Refused.Values.Sum());
        Array.ForEach(meters, static meter => meter.Dispose());
    }
}
