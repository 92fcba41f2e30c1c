using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Relay;

public class RelayTests
{
    [Fact(Timeout = 60_000)]
    public async Task Turns_a_reading_into_coins_of_the_owner()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await deployment.MineAsync(600);

        var stored = await connection.DeliverAsync(meter, meter.Sign(1, 250));
        Assert.Equal(1u, stored.StoredPagination);
        Assert.Equal(0u, stored.AcceptedPagination);

        await deployment.SettleAsync(relay);
        await relay.WhenIdleAsync(ct);

        var accepted = await connection.AcknowledgementAsync(
            meter, static ack => ack.AcceptedPagination == 1);
        Assert.Equal(1u, accepted.StoredPagination);
        Assert.Equal(2UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        var figures = Assert.Single(relay.Figures.Meters);
        Assert.Equal((2UL, 250UL), (figures.Coins, figures.AcceptedExportWh));
        Assert.Equal(figures.GasUsed, relay.Figures.GasUsed);
    }

    [Fact(Timeout = 60_000)]
    public async Task Submits_the_newest_of_many_and_nothing_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var options = deployment.Options() with
        {
            Submission = new SubmissionPolicy { CoinsMin = 20 },
        };
        await using var relay = await RelayProcess.StartAsync(options, ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await deployment.MineAsync(3600);

        // Out of order, and every one twice.
        uint[] order = [3, 1, 2, 5, 4, 5, 4, 3, 2, 1, 20];
        foreach (var pagination in order)
        {
            await connection.PublishAsync(meter.Topic, meter.Sign(pagination, pagination * 100));
        }

        await connection.AcknowledgementAsync(meter, static ack => ack.StoredPagination == 20);
        await deployment.SettleAsync(relay);

        var figures = relay.Figures;
        Assert.Equal((6, 1, 5), (figures.Stored, figures.Accepted, figures.Superseded));
        Assert.Equal((1, 5), (figures.Transactions, figures.Duplicates));
        Assert.Equal(20UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_the_ledger_once_a_block_about_what_says_the_same()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(3_600);
        var calls = 0;
        await using var proxy = new FaultProxy(deployment.RpcUrl)
        {
            OnRequest = (request, forward) =>
            {
                // The selector of record(bytes), as cast computes it.
                Interlocked.Add(ref calls, request.Split(Tool.Cast("sig", "record(bytes)")[2..])
                    .Length - 1);
                return Forward(forward);
            },
        };
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        for (uint pagination = 1; pagination <= 10; pagination++)
        {
            await connection.DeliverAsync(meter, meter.Sign(pagination, 99));
            await relay.WhenAtRestAsync(ct);
        }

        Assert.Equal(1, calls);
        await connection.DeliverAsync(meter, meter.Sign(11, 100));
        await deployment.SettleAsync(relay);
        Assert.Equal(2, calls);
        Assert.Equal(1UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        await connection.DeliverAsync(meter, meter.Sign(12, 199));
        await deployment.SettleAsync(relay);
        await deployment.MineAsync(1);
        await connection.DeliverAsync(meter, meter.Sign(13, 199));
        await deployment.SettleAsync(relay);
        Assert.Equal(4, calls);

        static async Task<string?> Forward(Func<Task<string>> forward) => await forward();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_poisoned_reading_never_blocks_the_good_ones()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var poisoned = await deployment.MeterAsync();
        var honest = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await deployment.MineAsync(600);
        await connection.DeliverAsync(poisoned, poisoned.Sign(1, 300));
        await deployment.SettleAsync(relay);

        // A stolen key signs: far too much energy, then a register that falls. Its owner goes on.
        await connection.PublishAsync(poisoned.Topic, poisoned.Sign(1_000, 900_000));
        await connection.PublishAsync(poisoned.Topic, poisoned.Sign(2_000, 10));
        await connection.PublishAsync(poisoned.Topic, poisoned.Sign(2, 400));
        await connection.PublishAsync(honest.Topic, honest.Sign(1, 500));
        await Condition.MetAsync(() => relay.Figures.Stored == 5);
        await deployment.SettleAsync(relay);

        Assert.Equal(4UL, await deployment.Ledger.MintedOfAsync(poisoned.Address, ct));
        Assert.Equal(5UL, await deployment.Ledger.MintedOfAsync(honest.Address, ct));
        Assert.Equal(1, relay.Figures.Skipped[SkipReason.RegisterDecreased]);
        Assert.Equal(1, relay.Figures.Pending);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reading_that_comes_too_early_counts_later_unchanged()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        // 40 kW for an hour.
        await connection.DeliverAsync(meter, meter.Sign(1, 40_000));
        await deployment.SettleAsync(relay);
        Assert.Equal(0, relay.Figures.Transactions);

        await deployment.MineAsync(3600);
        await deployment.SettleAsync(relay);
        Assert.Equal(400UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task More_than_30_days_of_rated_power_is_shown_to_the_ledger_once_a_meter()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        // 40 kW for 62.5 days, then for 93.75 and for 125: whoever has the key can sign any number.
        for (uint pagination = 1; pagination <= 3; pagination++)
        {
            await connection.DeliverAsync(
                meter, meter.Sign(pagination, 30_000_000 * (pagination + 1)));
            await deployment.SettleAsync(relay);
        }

        Assert.Equal(1, relay.Figures.Transactions);

        await deployment.MineAsync(5_400_000);
        await deployment.SettleAsync(relay);
        Assert.Equal(600_000UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reading_that_mints_nothing_waits_until_it_is_due()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        await deployment.MineAsync(600);

        await connection.DeliverAsync(meter, meter.Sign(1, 99));
        await deployment.SettleAsync(relay);
        Assert.Equal(0, relay.Figures.Transactions);

        await deployment.MineAsync(86_400);
        await deployment.SettleAsync(relay);
        Assert.Equal(1u, Assert.Single(relay.Figures.Meters).AcceptedPagination);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_meter_is_served_in_the_block_that_enrols_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync(isEnrolled: false);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await connection.PublishAsync(meter.Topic, meter.Sign(1, 100));
            await Condition.MetAsync(() => relay.Figures.Refused
                .GetValueOrDefault(RefusalReason.NotEnrolled) == attempt);
        }

        await deployment.EnrolAsync(meter);
        var acknowledgement = await connection.DeliverAsync(meter, meter.Sign(1, 100));
        Assert.Equal(1u, acknowledgement.StoredPagination);
    }

    [Fact(Timeout = 60_000)]
    public async Task Works_where_every_transaction_makes_its_block()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterAsync();
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        await connection.DeliverAsync(meter, meter.Sign(1, 700));
        await relay.WhenIdleAsync(ct);

        Assert.Equal(7UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
    }
}
