using System.Net;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Tests.HostRelay.Store;

namespace Helios.Tests.HostRelay.Observation;

/// <summary>Health and readiness, asked over HTTP while parts of the relay are away.</summary>
public class HealthTests(PostgresServer postgres) : IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_relay_without_its_node_takes_readings_and_says_why_none_goes_out()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await using var proxy = new FaultProxy(deployment.RpcUrl);
        var options = deployment.Options() with { RpcUrl = proxy.Url, HttpPort = 0 };
        await using var relay = await RelayProcess.StartAsync(options, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 100));
        await IsAsync(
            relay,
            HttpStatusCode.OK,
            "queue: Healthy\ndatabase: Healthy\nbroker: Healthy\nchain: Healthy\n",
            ct);

        proxy.OnRequest = static (_, _) => Task.FromResult<string?>("<html>");
        await IsAsync(
            relay, HttpStatusCode.OK, "broker: Healthy\nchain: Degraded http://127.0.0.1", ct);
        var stored = await connection.DeliverAsync(meter, meter.Sign(2, 200));
        Assert.Equal(2u, stored.StoredPagination);

        proxy.OnRequest = static async (_, forward) => await forward();
        await IsAsync(relay, HttpStatusCode.OK, "chain: Healthy\n", ct);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_sender_without_money_is_said()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await deployment.Node.InvokeAsync(
            "anvil_setBalance", ct, $"{deployment.RelayKey.Address}", "0x1");
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { HttpPort = 0 }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 100));

        await IsAsync(
            relay,
            HttpStatusCode.OK,
            "chain: Degraded The sender cannot pay for the next transaction.",
            ct);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fee_above_the_limit_is_said_while_something_waits()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                HttpPort = 0,
                Submission = new SubmissionPolicy { MaxFeePerGasWei = 1_000_000_000 },
            },
            ct);
        await relay.WhenAtRestAsync(ct);
        Assert.EndsWith(
            "chain: Healthy\n", (await AskAsync(relay, "ready", ct)).Text, StringComparison.Ordinal);

        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 100));
        await relay.WhenAtRestAsync(ct);
        Assert.EndsWith(
            "chain: Degraded Base fee and tip are above maxFeeGwei; the relay waits.\n",
            (await AskAsync(relay, "ready", ct)).Text,
            StringComparison.Ordinal);

        await deployment.Node.InvokeAsync("anvil_setNextBlockBaseFeePerGas", ct, "0x0");
        await deployment.MineAsync(1);
        await relay.WhenAtRestAsync(ct);
        Assert.EndsWith(
            "chain: Healthy\n", (await AskAsync(relay, "ready", ct)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_takes_no_transaction_is_said_with_its_words()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = static async (request, forward) =>
                request.Contains("eth_sendRawTransaction", StringComparison.Ordinal)
                    ? """{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no relays here"}}"""
                    : await forward(),
        };
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url, HttpPort = 0 }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 100));
        await relay.WhenAtRestAsync(ct);
        Assert.EndsWith(
            "chain: Degraded The node does not take transaction 0 (no relays here).\n",
            (await AskAsync(relay, "ready", ct)).Text,
            StringComparison.Ordinal);

        proxy.OnRequest = static async (_, forward) => await forward();
        await relay.WhenAtRestAsync(ct);
        Assert.EndsWith(
            "chain: Healthy\n", (await AskAsync(relay, "ready", ct)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_relay_without_its_broker_is_alive_and_not_ready()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var broker = await PlainBroker.StartAsync();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { BrokerUrl = broker.Url, HttpPort = 0 }, ct);
        await IsAsync(relay, HttpStatusCode.OK, "broker: Healthy", ct);

        await broker.DisposeAsync();
        await IsAsync(relay, HttpStatusCode.ServiceUnavailable, "broker: Unhealthy", ct);
        Assert.Equal(
            (HttpStatusCode.OK, "queue: Healthy\n"), await AskAsync(relay, "live", ct));

        await using var again = await PlainBroker.StartAsync(broker.Port);
        await IsAsync(relay, HttpStatusCode.OK, "broker: Healthy", ct);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_relay_without_its_database_is_alive_and_not_ready()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.NotEmpty(await postgres.NewDatabaseAsync());
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await using var server = new PostgresServer();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with
            {
                DatabasePath = await server.NewDatabaseAsync(),
                HttpPort = 0,
            },
            ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await connection.DeliverAsync(meter, meter.Sign(1, 100));

        // Without any traffic that could fail.
        await server.KillAsync();
        await IsAsync(relay, HttpStatusCode.ServiceUnavailable, "database: Unhealthy", ct);
        await server.StartAgainAsync();
        await IsAsync(relay, HttpStatusCode.OK, "database: Healthy", ct);

        await server.KillAsync();
        Assert.False(await connection.TryAsync(meter, meter.Sign(2, 200)));
        await IsAsync(relay, HttpStatusCode.ServiceUnavailable, "database: Unhealthy", ct);
        Assert.Equal(
            (HttpStatusCode.OK, "queue: Healthy\n"), await AskAsync(relay, "live", ct));

        await server.StartAgainAsync();
        await connection.RepeatAsync(meter, meter.Sign(2, 200));
        await IsAsync(relay, HttpStatusCode.OK, "database: Healthy", ct);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_in_use_is_named()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        await using var holder = await PlainBroker.StartAsync();

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => RelayProcess.StartAsync(
                deployment.Options() with { HttpPort = holder.Port }, ct));
        Assert.Equal(
            $"Health and metrics cannot be served on 127.0.0.1:{holder.Port} (Address already in "
                + "use): free the port, or correct httpAddress or httpPort.",
            refusal.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_address_that_is_not_this_machine_s_is_named()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();

        // Of documentation alone (RFC 5737): nobody has it.
        var foreign = IPAddress.Parse("192.0.2.1");
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => RelayProcess.StartAsync(
                deployment.Options() with { HttpAddress = foreign, HttpPort = 8080 }, ct));
        Assert.Equal(
            "Health and metrics cannot be served on 192.0.2.1:8080 (Cannot assign requested "
                + "address): free the port, or correct httpAddress or httpPort.",
            refusal.Message);
        refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => RelayProcess.StartAsync(
                deployment.Options() with { BrokerAddress = foreign, BrokerPort = 1883 }, ct));
        Assert.StartsWith(
            "The broker cannot listen on 192.0.2.1:1883",
            refusal.Message,
            StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Code, string Text)> AskAsync(
        RelayProcess relay, string what, CancellationToken ct)
    {
        using var answer = await _http.GetAsync(
            new Uri($"http://127.0.0.1:{relay.HttpPort}/health/{what}"), ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    // What a part has noticed is said at once; what it has not, soon.
    private async Task IsAsync(
        RelayProcess relay, HttpStatusCode code, string words, CancellationToken ct)
    {
        while (await AskAsync(relay, "ready", ct) is var answer
            && (answer.Code != code || !answer.Text.Contains(words, StringComparison.Ordinal)))
        {
            await Task.Delay(20, ct);
        }
    }
}
