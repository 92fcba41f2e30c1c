using Helios.Control;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Control;

/// <summary>What is final, and nothing else, is signed.</summary>
public class FinalityTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_redemption_is_signed_when_its_block_is_final_and_not_before()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync();
        await consumer.RedeemAsync(300);

        for (var above = 0u; above < ControlBench.Confirmations; above++)
        {
            await controller.PassAsync(ct);
            Assert.Empty(controller.Orders);
            Assert.Empty(await RetainedOrders.ReadAsync(bench, consumer.Meter.Address));
            await bench.MineAsync(1);
        }

        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        var order = Assert.Single(controller.Orders);
        var orders = await RetainedOrders.ReadAsync(bench, consumer.Meter.Address);
        Assert.Equal((consumer.Meter.Address, 300UL), (order.Meter, order.AuthorisedWh));
        Assert.Equal(300UL, Assert.Single(orders).Value);
        Assert.Equal(bench.Key.Address, Assert.Single(orders).Key);
    }

    /// <summary>Anvil calls final what stands under two epochs, here of one block each.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Without_a_number_of_confirmations_the_chain_says_what_is_final()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync(
            "--no-mining", "--slots-in-an-epoch", "1");
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(
            bench.Options() with { Confirmations = null });
        await consumer.RedeemAsync(300);

        await controller.PassAsync(ct);
        Assert.Empty(controller.Orders);

        await bench.MineAsync(2);
        await controller.PassAsync(ct);
        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
    }

    /// <summary>
    /// The controller of 0 confirmations follows the newest block, as no setting lets it: this
    /// history tells it from a right one.
    /// </summary>
    [Theory(Timeout = 60_000)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(ControlBench.Confirmations, false)]
    [InlineData(6, false)]
    public async Task A_redemption_that_a_reorg_undoes_is_never_signed(
        uint confirmations, bool isMistaken)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(
            bench.Options() with { Confirmations = confirmations });
        await bench.MineAsync(8);
        await controller.PassAsync(ct);

        await consumer.RedeemAsync(300);
        await controller.PassAsync(ct);
        await bench.ReorgAsync(1);
        for (var block = 0; block < 8; block++)
        {
            await controller.PassAsync(ct);
            await bench.MineAsync(1);
        }

        Assert.Equal(isMistaken, controller.Orders.Count > 0);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Reorgs_up_to_the_confirmations_release_nothing_and_lose_nothing(int depth)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(
            bench.Options() with { Confirmations = (uint)depth });
        await bench.MineAsync((uint)depth);
        await controller.PassAsync(ct);

        // Undone with 0, 1, ... blocks above it: each time the controller has looked before.
        for (var above = 0; above < depth; above++)
        {
            await consumer.RedeemAsync(100);
            await bench.MineAsync((uint)above);
            await controller.PassAsync(ct);
            await bench.ReorgAsync(above + 1);
            Assert.NotEqual(PassResult.FinalBlockUndone, await controller.PassAsync(ct));
            Assert.Empty(controller.Orders);
        }

        await consumer.RedeemAsync(300);
        await bench.MineAsync((uint)depth);
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_final_block_that_is_undone_all_the_same_ends_the_signing_until_it_is_back()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        await using (var controller = await bench.ControlAsync(bench.Options(log)))
        {
            await bench.MineAsync(ControlBench.Confirmations);
            await consumer.RedeemAsync(300);
            await bench.MineAsync(ControlBench.Confirmations);
            await controller.PassAsync(ct);
            Assert.Single(controller.Orders);

            await bench.ReorgAsync((int)ControlBench.Confirmations + 1);
            await consumer.RedeemAsync(800);
            await bench.MineAsync(8);

            Assert.Equal(PassResult.FinalBlockUndone, await controller.PassAsync(ct));
            Assert.Equal(PassResult.FinalBlockUndone, await controller.PassAsync(ct));
            Assert.Single(log.Containing("nothing is signed. Find out which chain is right"));
            Assert.Single(controller.Orders);
        }

        // Nor does a restart forget what was final.
        await using var again = await bench.ControlAsync();
        Assert.Equal(PassResult.FinalBlockUndone, await again.PassAsync(ct));
        Assert.Equal(300UL, Assert.Single(again.Orders).AuthorisedWh);
    }
}
