using Helios.Control;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Control;

/// <summary>Nodes that are dead, wrong, or lie.</summary>
public class NodesTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_dead_node_releases_nothing_and_is_caught_up_with_later(int which)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(bench.Options() with
        {
            RpcUrls = which == 0
                ? [proxy.Url, bench.Deployment.RpcUrl]
                : [bench.Deployment.RpcUrl, proxy.Url],
        });
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);

        proxy.OnRequest = static (_, _) => Task.FromResult<string?>(null);
        Assert.Equal(PassResult.NoAnswer, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);

        proxy.OnRequest = static async (_, forward) => await forward();
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
    }

    /// <summary>The views that a controller signs by, each of them a lie of one node of two.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData("authorisedWh(address)", "0000000000000000000000000000000000000000000000000000000000010000")]
    [InlineData("authorisedWh(address)", "0000000000000000000000000000000000000000000000000000ffffffffffff")]
    [InlineData("stateOf(address)", "0000000000000000000000000000000000000000000000000000000000000003")]
    public async Task What_one_of_two_nodes_says_alone_is_not_signed(string view, string word)
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(bench.Options(log) with
        {
            RpcUrls = [proxy.Url, bench.Deployment.RpcUrl],
        });
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);

        proxy.OnRequest = (request, forward) => Answers.WithWordAsync(request, forward, view, word);
        Assert.Equal(PassResult.NodesDisagree, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);
        Assert.Contains(
            consumer.Meter.Address.ToString(),
            Assert.Single(log.Containing("The nodes disagree.")),
            StringComparison.Ordinal);

        proxy.OnRequest = static async (_, forward) => await forward();
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
    }

    /// <summary>The record says when a block was final, and a person reads it.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData("0x1", true, PassResult.NodesDisagree)]
    [InlineData("0xffffffffffffffff", false, PassResult.NoAnswer)]
    public async Task A_false_time_of_a_block_is_not_recorded(
        string timestamp, bool hasSecondNode, PassResult expected)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(bench.Options() with
        {
            RpcUrls = hasSecondNode ? [proxy.Url, bench.Deployment.RpcUrl] : [proxy.Url],
        });
        await consumer.RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);

        proxy.OnRequest = (request, forward) =>
            Answers.WithTimeAsync(request, forward, timestamp);
        Assert.Equal(expected, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_block_that_one_of_two_nodes_calls_final_too_early_is_not_final()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync(
            "--no-mining", "--slots-in-an-epoch", "1");
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl)
        {
            OnRequest = async (request, forward) =>
                request.Contains("\"finalized\"", StringComparison.Ordinal)
                    ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + await bench.Deployment.Node
                        .InvokeAsync("eth_getBlockByNumber", ct, "latest", false) + "}"
                    : await forward(),
        };
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(bench.Options() with
        {
            Confirmations = null,
            RpcUrls = [proxy.Url, bench.Deployment.RpcUrl],
        });
        await consumer.RedeemAsync(300);

        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);
    }

    /// <summary>Before the redemption, or after: then both authorise the same, in two blocks.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_on_a_fork_of_its_own_is_noticed(bool isBefore)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        if (!isBefore)
        {
            await consumer.RedeemAsync(300);
        }

        await using var fork = await Anvil.StartAsync(
            "--no-mining", "--fork-url", bench.Deployment.RpcUrl.ToString());
        await fork.Node.InvokeAsync("anvil_mine", ct, "0x20");
        await using var controller = await bench.ControlAsync(bench.Options() with
        {
            RpcUrls = [bench.Deployment.RpcUrl, fork.Url],
        });
        if (isBefore)
        {
            await consumer.RedeemAsync(300);
        }

        await bench.MineAsync(2 * ControlBench.Confirmations);

        Assert.Equal(PassResult.NodesDisagree, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);
    }

    /// <summary>It answers, and truly: only that no order comes shows that it stands.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_node_that_stands_still_is_named_once_and_so_is_that_it_goes_on()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var consumer = await bench.ConsumerAsync();
        await using var controller = await bench.ControlAsync(bench.Options(log) with
        {
            RpcUrls = [bench.Deployment.RpcUrl, proxy.Url],
        });
        await controller.PassAsync(ct);
        var stillAt = await bench.FinalNumberAsync();

        proxy.OnRequest = Answers.OfANodeThatStandsStill();
        Assert.Equal(PassResult.NothingNew, await controller.PassAsync(ct));
        await consumer.RedeemAsync(300);
        await bench.MineAsync(63);
        Assert.Equal(PassResult.NothingNew, await controller.PassAsync(ct));
        Assert.Empty(log.Containing("behind"));

        await bench.MineAsync(1);
        Assert.Equal(PassResult.NodeBehind, await controller.PassAsync(ct));
        Assert.Equal(PassResult.NodeBehind, await controller.PassAsync(ct));
        Assert.Empty(controller.Orders);
        Assert.Equal(
            $"The node {proxy.Url} is 65 blocks behind what is known to be final, at block "
                + $"{stillAt}: nothing newer is signed until it follows.",
            Assert.Single(log.Containing("behind")));

        proxy.OnRequest = static async (_, forward) => await forward();
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
        Assert.Equal(
            $"Every node has the final block {stillAt + 65} now.",
            Assert.Single(log.Containing("Every node has")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_is_a_little_behind_is_named_if_it_stays_so(bool isAlone)
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        await bench.MineAsync(ControlBench.Confirmations);
        var older = Answers.OfANodeThatStandsStill();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl) { OnRequest = older };
        await using var controller = await bench.ControlAsync(bench.Options(log) with
        {
            RpcUrls = isAlone ? [proxy.Url] : [bench.Deployment.RpcUrl, proxy.Url],
        });
        await controller.PassAsync(ct);
        await bench.MineAsync(1);
        if (isAlone)
        {
            // Restored from a copy, or another one behind the same address.
            proxy.OnRequest = static async (_, forward) => await forward();
            Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
            proxy.OnRequest = older;
        }

        for (var look = 0; look < 99; look++)
        {
            await controller.PassAsync(ct);
            Assert.Empty(log.Containing("behind"));
        }

        Assert.Equal(PassResult.NodeBehind, await controller.PassAsync(ct));
        Assert.Equal(PassResult.NodeBehind, await controller.PassAsync(ct));
        Assert.Contains(
            $"The node {proxy.Url} is", Assert.Single(log.Containing("behind")),
            StringComparison.Ordinal);
    }

    /// <summary>A quiet chain, or one whose nodes all stand still: nobody can tell.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_chain_that_makes_nothing_final_for_long_is_said_once()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new LogLines();
        await using var bench = await ControlBench.StartAsync();
        await using var controller = await bench.ControlAsync(bench.Options(log));
        await controller.PassAsync(ct);
        await bench.MineAsync(ControlBench.Confirmations);
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        var number = await bench.FinalNumberAsync();
        for (var look = 0; look < 99; look++)
        {
            Assert.Equal(PassResult.NothingNew, await controller.PassAsync(ct));
        }

        Assert.Empty(log.Containing("No block has become final"));
        Assert.Equal(PassResult.NothingNew, await controller.PassAsync(ct));
        Assert.Equal(PassResult.NothingNew, await controller.PassAsync(ct));
        Assert.Equal(
            $"No block has become final since {number}, at 100 looks: if the chain goes on, so "
                + $"must the node {bench.Deployment.RpcUrl}. Nothing is signed meanwhile.",
            Assert.Single(log.Containing("No block has become final")));

        await bench.MineAsync(1);
        Assert.Equal(PassResult.Done, await controller.PassAsync(ct));
        Assert.Single(log.Containing($"Every node has the final block {number + 1} now."));
    }

    /// <summary>
    /// A contract of the liar's own says what it likes, and honest nodes repeat that.
    /// </summary>
    [Fact(Timeout = 60_000)]
    public async Task A_node_that_names_other_redemptions_is_refused_at_the_start()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl)
        {
            OnRequest = (request, forward) => Answers.WithWordAsync(
                request, forward, "redemptions()", new string('0', 24) + new string('7', 40)),
        };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => ControlProcess.StartAsync(
                bench.Options() with { RpcUrls = [bench.Deployment.RpcUrl, proxy.Url] }, ct));

        Assert.Contains("The nodes disagree about the redemptions", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_forgets_events_delays_a_new_meter_and_no_other()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        Consumer[] consumers = [await bench.ConsumerAsync(), await bench.ConsumerAsync()];
        await using var controller = await bench.ControlAsync(bench.Options() with
        {
            RpcUrls = [proxy.Url],
        });
        await consumers[0].RedeemAsync(300);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);

        proxy.OnRequest = async (request, forward) =>
            request.Contains("eth_getLogs", StringComparison.Ordinal)
                ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}" : await forward();
        await consumers[0].RedeemAsync(100);
        await consumers[1].RedeemAsync(200);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);
        Assert.Equal([300UL, 400UL], controller.Orders.Select(static order => order.AuthorisedWh));

        proxy.OnRequest = static async (_, forward) => await forward();
        await consumers[1].RedeemAsync(100);
        await bench.MineAsync(ControlBench.Confirmations);
        await controller.PassAsync(ct);
        Assert.Equal(
            (consumers[1].Meter.Address, 300UL),
            (controller.Orders[^1].Meter, controller.Orders[^1].AuthorisedWh));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_answers_for_few_blocks_at_once_is_asked_for_few()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var refused = 0;
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl)
        {
            OnRequest = async (request, forward) =>
                Answers.BlocksAskedFor(request) is { } blocks && blocks > 4 && ++refused > 0
                    ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005,\"message\":"
                        + "\"too many blocks\"}}"
                    : await forward(),
        };
        var consumer = await bench.ConsumerAsync();
        await consumer.RedeemAsync(300);
        await bench.MineAsync(20);
        await using var controller = await bench.ControlAsync(bench.Options() with
        {
            RpcUrls = [proxy.Url],
        });

        // It has begun by itself, and may have nothing new to do.
        await controller.PassAsync(ct);

        Assert.Equal(300UL, Assert.Single(controller.Orders).AuthorisedWh);
        Assert.True(refused > 0);
    }
}
