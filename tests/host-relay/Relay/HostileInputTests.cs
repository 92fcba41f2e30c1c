using Helios.Relay;

namespace Helios.Tests.HostRelay.Relay;

public class HostileInputTests
{
    [Fact(Timeout = 60_000)]
    public async Task Every_wrong_length_is_counted_and_none_is_fatal()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        var signed = meter.Sign(1, 500);
        var lengths = Enumerable.Range(0, 200)
            .Where(static length => length is not 99 and not 163)
            .ToList();
        lengths.Add(10_000);
        foreach (var length in lengths)
        {
            var payload = new byte[length];
            signed.AsSpan(0, Math.Min(length, signed.Length)).CopyTo(payload);
            await connection.PublishAsync(meter.Topic, payload);
        }

        var acknowledgement = await connection.DeliverAsync(meter, signed);
        Assert.Equal(1u, acknowledgement.StoredPagination);
        Assert.Equal(lengths.Count, relay.Figures.Refused[RefusalReason.WrongLength]);
        Assert.Equal(1, relay.Figures.Stored);
    }

    [Fact(Timeout = 60_000)]
    public async Task None_of_the_792_bits_can_be_turned()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        var signed = meter.Sign(1, 500);
        for (var bit = 0; bit < 792; bit++)
        {
            var forged = signed.ToArray();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            await connection.PublishAsync(meter.Topic, forged);
        }

        await connection.DeliverAsync(meter, signed);
        var refused = relay.Figures.Refused;
        Assert.Equal(
            792,
            refused[RefusalReason.WrongSigner] + refused.GetValueOrDefault(
                RefusalReason.Malformed));
        Assert.Equal(1, relay.Figures.Stored);
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_what_another_meter_signed_or_was_signed_for_elsewhere()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        var other = await deployment.MeterAsync();
        var ledger = deployment.Ledger.Address;
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        byte[][] foreign =
        [
            other.Sign(1, 500),
            meter.Elsewhere(Deployment.ChainId + 1, ledger).Sign(1, 500),
            meter.Elsewhere(Deployment.ChainId, meter.Address).Sign(1, 500),
        ];
        foreach (var signed in foreign)
        {
            await connection.PublishAsync(meter.Topic, signed);
        }

        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        Assert.Equal(foreign.Length, relay.Figures.Refused[RefusalReason.WrongSigner]);
        Assert.Equal(1, relay.Figures.Stored);
    }

    [Fact(Timeout = 60_000)]
    public async Task Counts_topics_that_name_no_meter()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        var level = meter.Address.ToTopicLevel();
        string[] topics =
        [
            $"helios/v1/{level.ToUpperInvariant()}X/reading", "helios/v1/x/reading",
            $"helios/v1/0x{level}/reading",
            $"helios/v1/{level[1..]}g/reading",
            "helios/v1/ä/reading",
        ];
        foreach (var topic in topics)
        {
            await connection.PublishAsync(topic, meter.Sign(1, 500));
        }

        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        Assert.Equal(topics.Length, relay.Figures.Refused[RefusalReason.WrongTopic]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_reading_with_the_same_pagination_is_refused_and_named()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        await connection.DeliverAsync(meter, meter.Sign(7, 500));
        await connection.DeliverAsync(meter, meter.Sign(7, 600));
        await relay.WhenAtRestAsync(ct);

        Assert.Equal(1, relay.Figures.Refused[RefusalReason.Conflicting]);
        Assert.Equal(500UL, relay.Figures.Meters.Single().StoredExportWh);
    }
}
