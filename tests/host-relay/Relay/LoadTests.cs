using System.Diagnostics;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Relay;

public class LoadTests
{
    private const int Meters = 1_000;
    private const int ReadingsPerMeter = 3;
    private const int Connections = 50;

    [Fact(Timeout = 180_000)]
    public async Task Carries_a_thousand_meters_to_the_last_coin()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meters = await deployment.MetersAsync(Meters);
        await deployment.MineAsync(3_600);
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections)
            .Select(_ => MeterConnection.OpenAsync(relay.BrokerPort)));
        var signed = Enumerable.Range(1, ReadingsPerMeter)
            .SelectMany(n => meters.Select(
                meter => (meter.Topic, Bytes: meter.Sign((uint)n, (ulong)n * 100))))
            .ToArray();

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(connections.Select(async (connection, number) =>
        {
            for (var i = number; i < signed.Length; i += Connections)
            {
                await connection.PublishAsync(signed[i].Topic, signed[i].Bytes);
            }
        }));
        var received = clock.Elapsed;
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        await deployment.SettleAsync(relay);

        var figures = relay.Figures;
        Assert.Equal(Meters, figures.Meters.Count);
        Assert.All(
            figures.Meters, static meter => Assert.Equal((ulong)ReadingsPerMeter, meter.Coins));
        Assert.Equal(0, figures.Pending);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{signed.Length / received.TotalSeconds:F0} readings/s received and stored, "
            + $"{figures.Accepted / clock.Elapsed.TotalSeconds:F0} accepted/s, "
            + $"{figures.GasUsed / (ulong)figures.Accepted} gas an accepted reading, "
            + $"{figures.Transactions} transactions, "
            + $"{Process.GetCurrentProcess().WorkingSet64 >> 20} MB for test and relay, database "
            + $"{new FileInfo(deployment.DatabasePath("relay.db")).Length / figures.Stored} "
            + "bytes a reading.");
    }
}
