using System.Globalization;
using System.Text;
using Helios.Chain;
using Helios.Control;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Control;

/// <summary>What is signed, for whom, and what the broker holds of it.</summary>
public class ControllerTests
{
    [Fact(Timeout = 60_000)]
    public async Task An_order_is_signed_as_cast_signs_it()
    {
        var ct = TestContext.Current.CancellationToken;
        const string Secret = "0x00000000000000000000000000000000000000000000000000000000000a11ce";
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(
            bench.Options() with { Key = Anvil.KeyOf(Secret) });
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);

        var typed = string.Create(CultureInfo.InvariantCulture, $$"""
            {"types":{"EIP712Domain":[{"name":"name","type":"string"},
            {"name":"version","type":"string"},{"name":"chainId","type":"uint256"},
            {"name":"verifyingContract","type":"address"}],
            "SupplyOrder":[{"name":"meter","type":"address"},
            {"name":"authorisedWh","type":"uint48"}]},"primaryType":"SupplyOrder",
            "domain":{"name":"Helios","version":"1","chainId":{{Deployment.ChainId}},
            "verifyingContract":"{{bench.Deployment.Ledger.Address}}"},
            "message":{"meter":"{{consumer.Meter.Address}}","authorisedWh":300}
            }
            """);
        var byCast = Hex.Parse(
            Tool.Cast("wallet", "sign", "--private-key", Secret, "--data", typed));

        var message = Assert.Single(controller.Orders).Message;
        Assert.Equal([0, 0, 0, 0, 1, 44], message[..6]);
        Assert.Equal(byCast[..32], message[6..38]);
        Assert.Equal(byCast[64] - 27, message[38] >> 7);
        message[38] &= 0x7f;
        Assert.Equal(byCast[32..64], message[38..]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_controller_has_a_topic_of_its_own_and_a_dead_one_stops_no_other()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        var second = ControlBench.NewKey();
        await using var living = await bench.ControlAsync(bench.Options() with
        {
            Key = second,
            DatabasePath = bench.Deployment.DatabasePath("second.db"),
        });
        await using (var dying = await bench.ControlAsync())
        {
            await consumer.RedeemAsync(300);
            await bench.MineAsync(ControlBench.Confirmations);
            await dying.PassAsync(ct);
            await living.PassAsync(ct);
        }

        await consumer.RedeemAsync(200);
        await bench.MineAsync(ControlBench.Confirmations);
        await living.PassAsync(ct);

        var orders = await RetainedOrders.ReadAsync(bench, consumer.Meter.Address);
        Assert.Equal((300UL, 500UL), (orders[bench.Key.Address], orders[second.Address]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_signed_for_a_meter_that_is_not_active_until_it_is()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync();
        await consumer.RedeemAsync(300);
        await bench.Deployment.SendAsync(
            bench.Deployment.Ledger.Address,
            new AbiWriter("suspend(address)").Word(consumer.Meter.Address).ToArray());
        await bench.MineAsync(ControlBench.Confirmations);
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);

        await bench.Deployment.SendAsync(
            bench.Deployment.Ledger.Address,
            new AbiWriter("resume(address)").Word(consumer.Meter.Address).ToArray());
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);
        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
    }

    /// <summary>
    /// It begins with registers whose sum needs 49 bits: no order and no reading can say it.
    /// </summary>
    [Fact(Timeout = 60_000)]
    public async Task A_meter_whose_authorised_energy_fits_no_order_is_named_and_stops_no_other()
    {
        const ulong FullWh = (1UL << 48) - 1;
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        var ledger = bench.Deployment.Ledger.Address;
        var full = new TestMeter(Deployment.ChainId, ledger);
        var enrolment = full.Enrolment(importWh: FullWh, returnedWh: FullWh);
        await bench.Deployment.SendAsync(
            ledger, DirectoryCalls.Enrol(enrolment.Said, enrolment.Signature));
        var mine = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(
            bench.Options(log) with { Meters = [full.Address, mine.Meter.Address] });
        await controller.PassAsync(ct);
        for (var redemption = 0; redemption < 2; redemption++)
        {
            await mine.RedeemAsync(300);
            await bench.MineAsync(ControlBench.Confirmations);
            Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        }

        Assert.Equal(
            [(mine.Meter.Address, 300UL), (mine.Meter.Address, 600UL)],
            controller.Orders.Select(static order => (order.Meter, order.AuthorisedWh)));
        Assert.Equal(
            $"Meter {full.Address} is authorised up to {2 * FullWh} Wh, which no order can say: "
                + "none is signed for it.",
            Assert.Single(log.Containing("no order can say")));
    }

    [Fact(Timeout = 60_000)]
    public async Task With_a_list_of_meters_it_signs_for_no_other()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var (mine, other) = (await bench.ConsumerAsync(), await bench.ConsumerAsync());
        await using var controller = await bench.ControlAsync(
            bench.Options() with { Meters = [mine.Meter.Address] });
        await mine.RedeemAsync(300);
        await other.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);

        await controller.PassAsync(ct);

        Assert.Equal(mine.Meter.Address, Assert.Single(controller.Orders).Meter);
    }

    [Fact(Timeout = 60_000)]
    public async Task With_a_list_of_meters_it_signs_for_none_that_it_found_before_either()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var (mine, other) = (await bench.ConsumerAsync(), await bench.ConsumerAsync());
        await using (var finding = await bench.ControlAsync())
        {
            await other.RedeemAsync(300);
            await bench.MineAsync(ControlBench.Confirmations);
            await finding.PassAsync(ct);
            Assert.Single(finding.Orders);
        }

        await using var controller = await bench.ControlAsync(
            bench.Options() with { Meters = [mine.Meter.Address] });
        await mine.RedeemAsync(300);
        await other.RedeemAsync(100);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);

        Assert.Equal(
            [other.Meter.Address, mine.Meter.Address],
            controller.Orders.Select(static order => order.Meter));
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_value_that_was_signed_rises_and_says_which_block_said_so()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync();
        foreach (var wh in (ulong[])[100, 50, 250])
        {
            await consumer.RedeemAsync(wh);
            await bench.MineAsync(ControlBench.Confirmations);
            await controller.PassAsync(ct);
        }

        Assert.Equal(
            [100UL, 150UL, 400UL], controller.Orders.Select(static order => order.AuthorisedWh));
        var redemptions = new RedemptionsContract(
            bench.Deployment.Node,
            await bench.Deployment.Ledger.RedemptionsAsync(ct),
            bench.Deployment.Ledger.Address);
        foreach (var order in controller.Orders)
        {
            var block = await bench.Deployment.Node.BlockAsync(
                Hex.Of((UInt128)order.BlockNumber), ct);
            var said = await redemptions.AuthorisationsAsync([order.Meter], block, ct);
            Assert.Equal(order.BlockHash, block.Hash);
            Assert.Equal(order.BlockTime, block.Timestamp);
            Assert.Equal(order.AuthorisedWh, said[0].AuthorisedWh);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broker_that_forgot_everything_is_given_it_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync();
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);

        await bench.ReplaceBrokerAsync();
        Dictionary<Address, ulong> orders;
        do
        {
            orders = await RetainedOrders.ReadAsync(bench, consumer.Meter.Address);
        }
        while (orders.Count == 0);

        Assert.Equal(300UL, orders[bench.Key.Address]);
    }

    /// <summary>
    /// A meter of another street, whose topics this broker keeps for others: coins that anybody
    /// redeems there must not hold up the orders here.
    /// </summary>
    [Fact(Timeout = 60_000)]
    public async Task A_topic_that_the_broker_refuses_keeps_no_order_from_another_meter()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        var (foreign, mine) = (await bench.ConsumerAsync(), await bench.ConsumerAsync());
        await using var broker = await PlainBroker.StartAsync(
            prepare: server => server.InterceptingPublishAsync += message =>
            {
                if (message.ApplicationMessage.Topic.Contains(
                    foreign.Meter.Address.ToTopicLevel(), StringComparison.Ordinal))
                {
                    message.ProcessPublish = false;
                    message.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
                }

                return Task.CompletedTask;
            });
        var options = bench.Options(log) with { BrokerUrl = broker.Url };
        await foreign.RedeemAsync(300);
        await mine.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);
        await using (var controller = await bench.ControlAsync(options))
        {
            await controller.PassAsync(ct);
            Assert.Single(await RetainedOrders.MessagesAsync(broker, mine.Meter.Address));
        }

        // Nor is the next start refused.
        await using var again = await bench.ControlAsync(options);
        Assert.Contains(
            foreign.Meter.Address.ToString(),
            log.Containing("refuses what is signed")[0],
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_order_that_somebody_overwrote_is_put_back()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(
            bench.Options() with { RepublishInterval = TimeSpan.Zero });
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);
        var (topic, message) = Assert.Single(
            await RetainedOrders.MessagesAsync(bench.Broker, consumer.Meter.Address));

        await RetainedOrders.OverwriteAsync(bench.Broker, topic, [1, 2, 3]);
        await controller.PassAsync(ct);

        var after = await RetainedOrders.MessagesAsync(bench.Broker, consumer.Meter.Address);
        Assert.Equal(message, after[topic]);
    }

    /// <summary>Started twice by mistake, or before the one before has ended.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_second_process_on_the_same_database_stops_neither()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var first = await bench.ControlAsync();
        await using var second = await bench.ControlAsync();
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);

        Assert.Equal(PassResult.Done, await first.PassAsync(ct));
        Assert.Equal(PassResult.Done, await second.PassAsync(ct));

        Assert.Equal(300UL, Assert.Single(second.Orders).AuthorisedWh);
    }

    [Fact]
    public void A_password_of_the_broker_may_hold_any_character()
    {
        var built = BrokerConnection.OptionsOf(new Uri("mqtt://me:a+b%2Bc%40d@broker")).Build();

        Assert.Equal("a+b+c@d", Encoding.UTF8.GetString(built.Credentials.GetPassword(built)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_database_of_another_key_is_refused()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        await using (await bench.ControlAsync())
        {
        }

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => ControlProcess.StartAsync(
                bench.Options() with { Key = ControlBench.NewKey() }, ct));

        Assert.Contains(
            $"belongs to controller {bench.Key.Address}", refusal.Message,
            StringComparison.Ordinal);
    }
}
