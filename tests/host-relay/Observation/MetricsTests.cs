using System.Globalization;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Observation;

/// <summary>What Prometheus reads from the program.</summary>
public class MetricsTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 60_000)]
    public async Task Counts_what_came_in_and_what_went_out()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(36_000);
        var port = PlainBroker.FreePort();
        var variables = Program.HostRelay.Variables(deployment.Options(), Secret);
        variables["HELIOS_HTTP_PORT"] = $"{port}";
        await using var relay = Program.HostRelay.Start(variables, "run");
        await using var connection = await MeterConnection.OpenAsync(
            await relay.BrokerPortAsync());
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

        await connection.DeliverAsync(meter, meter.Sign(1, 700));
        await connection.DeliverAsync(meter, meter.Sign(1, 700));
        var forged = meter.Sign(2, 900);
        forged[9] ^= 1;
        Assert.False(await connection.TryAsync(meter, forged));
        while (await deployment.Ledger.MintedOfAsync(meter.Address, ct) < 7)
        {
            await Task.Delay(20, ct);
        }

        string text;
        Dictionary<string, double> figures;
        do
        {
            text = await http.GetStringAsync(new Uri("metrics", UriKind.Relative), ct);
            figures = Parse(text);
        }
        while (figures["helios_relay_accepted_total"] < 1);
        Assert.Contains("service_name=\"helios-relay\"", text, StringComparison.Ordinal);

        foreach (var (name, expected) in new (string, double)[]
        {
            ("helios_relay_received_total", 3),
            ("helios_relay_stored_total", 2),
            ("helios_relay_duplicates_total", 1),
            ("helios_relay_refused_total{reason=\"WrongSigner\"}", 1),
            ("helios_relay_refused_total{reason=\"NotEnrolled\"}", 0),
            ("helios_relay_skipped_total{reason=\"NotYetPlausible\"}", 0),
            ("helios_relay_transactions_signed_total", 1),
            ("helios_relay_transactions_confirmed_total", 1),
            ("helios_relay_transactions_reverted_total", 0),
            ("helios_relay_transactions_undone_total", 0),
            ("helios_relay_accepted_total", 1),
            ("helios_relay_coins_total", 7),
            ("helios_relay_pending", 0),
            ("helios_relay_unconfirmed", 0),
            ("helios_relay_queue_length", 0),
            ("helios_relay_store_duration_seconds_count", 2),
            ("helios_relay_store_duration_seconds_bucket{le=\"+Inf\"}", 2),
        })
        {
            Assert.True(figures.TryGetValue(name, out var found), name);
            Assert.True(expected.Equals(found), $"{name}: {found} instead of {expected}");
        }

        var head = await deployment.Node.LatestBlockAsync(ct);
        Assert.Equal(head.Number, figures["helios_relay_block_number"]);
        Assert.Equal(head.Timestamp, figures["helios_relay_block_timestamp"]);
        Assert.InRange(figures["helios_relay_gas_total"], 50_000, 200_000);
        Assert.True(figures["dotnet_process_memory_working_set_bytes"] > 1 << 20);
    }

    // Names without the labels that the exporter gives to everything.
    private static Dictionary<string, double> Parse(string text)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in text.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#'))
        {
            var parts = line.Split(' ');
            var name = parts[0]
                .Replace("otel_scope_name=\"Helios.Relay\",", "", StringComparison.Ordinal)
                .Replace("{otel_scope_name=\"Helios.Relay\"}", "", StringComparison.Ordinal)
                .Replace("{otel_scope_name=\"System.Runtime\"}", "", StringComparison.Ordinal);
            figures[name] = double.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        return figures;
    }
}
