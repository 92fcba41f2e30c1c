using System.Net;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Relay;

public class BrokerTests
{
    [Fact(Timeout = 60_000)]
    public async Task Works_with_a_broker_that_is_not_its_own_and_outlives_its_restart()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        var broker = await EmbeddedBroker.StartAsync(IPAddress.Loopback, 0);
        var port = broker.Endpoint.Port;
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { BrokerUrl = new Uri($"mqtt://127.0.0.1:{port}") }, ct);
        Assert.Equal(0, relay.BrokerPort);
        await using (var connection = await MeterConnection.OpenAsync(port))
        {
            Assert.Equal(
                1u, (await connection.DeliverAsync(meter, meter.Sign(1, 100))).StoredPagination);
        }

        await broker.DisposeAsync();
        await using var again = await EmbeddedBroker.StartAsync(IPAddress.Loopback, port);
        await using var second = await MeterConnection.OpenAsync(port);

        // Nobody hears the first of these; the meter repeats, as it does for want of an answer.
        while (relay.Figures.Stored < 2)
        {
            await second.PublishAsync(meter.Topic, meter.Sign(2, 200));
            await Task.Delay(20, ct);
        }

        await second.AcknowledgementAsync(meter, static ack => ack.StoredPagination == 2);
    }
}
