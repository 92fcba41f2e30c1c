using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Store;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>Copies of the relay that share a Mosquitto and a PostgreSQL.</summary>
public class SharedSubscriptionTests(PostgresServer postgres)
{
    private const uint Readings = 40;

    [Fact(Timeout = 120_000)]
    public async Task Each_message_goes_to_one_of_two_copies_and_to_the_one_that_is_left()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var broker = await MosquittoServer.StartAsync();
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        var options = deployment.Options() with
        {
            DatabasePath = await postgres.NewDatabaseAsync(),
            BrokerUrl = broker.Url,
            ShareGroup = "relays",
        };
        await using var one = await RelayProcess.StartAsync(options, ct);
        var two = await RelayProcess.StartAsync(options with { Sender = Anvil.Rich2 }, ct);
        await using var connection = await MeterConnection.OpenAsync(broker.Port);
        for (uint pagination = 1; pagination <= Readings; pagination++)
        {
            await connection.DeliverAsync(meter, meter.Sign(pagination, pagination));
        }

        Assert.Equal(Readings, one.Figures.Received + two.Figures.Received);
        Assert.InRange(one.Figures.Received, 1, Readings - 1);

        await two.DisposeAsync();
        for (var pagination = Readings + 1; pagination <= 2 * Readings; pagination++)
        {
            await connection.DeliverAsync(meter, meter.Sign(pagination, pagination));
        }

        Assert.Equal(2 * Readings, one.Figures.Stored);
    }
}
