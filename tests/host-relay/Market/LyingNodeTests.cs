using System.Text.RegularExpressions;
using Helios.Chain;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>A node that answers wrongly delays a keeper, and ends nothing.</summary>
public class LyingNodeTests
{
    private const int RequestsMax = 500;

    private const string AnyTopics = "\"topics\":\\[.*?\\]";
    private const string AnyWords = "\"result\":\"0x[0-9a-f]*\"";

    // The lie, the requests that it answers, what is altered in the answer, and into what.
    private static readonly (string Lie, string[] Asked, string Pattern, string Becomes)[] Lies =
    [
        ("receipts without events", ["eth_getTransactionReceipt"],
            "\"logs\":\\[.*?\\],\"logsBloom\"", "\"logs\":[],\"logsBloom\""),
        ("receipts' events without topics", ["eth_getTransactionReceipt"],
            AnyTopics, "\"topics\":[]"),
        ("events without topics", ["eth_getLogs"], AnyTopics, "\"topics\":[]"),
        ("events with one topic", ["eth_getLogs"],
            "\"topics\":\\[(\"0x[0-9a-f]*\").*?\\]", "\"topics\":[$1]"),
        ("auctions of 0 s", [Hex.Of(AbiWriter.SelectorOf("periodS()"))],
            AnyWords, $"\"result\":\"0x{new string('0', 64)}\""),
        ("empty views", ["eth_call"], AnyWords, "\"result\":\"0x\""),
        ("a time far ahead", ["eth_getBlockByNumber"],
            "\"timestamp\":\"0x[0-9a-f]*\"", "\"timestamp\":\"0xffffffffffffffff\""),
        ("fewer transactions with those that wait", ["eth_getTransactionCount", "pending"],
            AnyWords, "\"result\":\"0x0\""),
    ];

    [Fact(Timeout = 300_000)]
    public async Task Whatever_a_node_answers_the_keeper_says_so_and_goes_on_after_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var log = new LogLines();
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(await bench.MoveInAsync()) with { RpcUrl = proxy.Url, Log = log }, ct);
        await street.LiveAsync(1);
        var ended = new List<string>();
        foreach (var (lie, asked, pattern, becomes) in Lies)
        {
            await street.FloodAsync(bids: 1);
            Assert.True(await keeper.PassAsync(ct));
            await bench.NextPeriodAsync();
            proxy.OnRequest = async (request, forward) =>
            {
                var answer = await forward();
                return asked.All(word => request.Contains(word, StringComparison.Ordinal))
                    ? Altered(answer, pattern, becomes) : answer;
            };
            try
            {
                Assert.False(await keeper.PassAsync(ct));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                ended.Add($"{lie}: {failure.GetType().Name}");
            }

            proxy.OnRequest = static async (_, forward) => await forward();
            Assert.True(await keeper.PassAsync(ct));
        }

        Assert.Empty(ended);
        Assert.Equal(Lies.Length, log.Containing("The keeper tries again.").Length);
        await street.AddsUpAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task One_wrong_height_ends_the_walk_through_blocks_to_come()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var street = await Street.MoveInAsync(bench);
        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        using var keeper = await MarketKeeper.OpenAsync(
            street.Options(await bench.MoveInAsync()) with { RpcUrl = proxy.Url }, ct);
        await street.LiveAsync(1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var (lies, requests) = (0, 0);
        proxy.OnRequest = async (request, forward) =>
        {
            if (Interlocked.Increment(ref requests) > RequestsMax)
            {
                await enough.CancelAsync();
            }

            var answer = await forward();
            return request.Contains("eth_getBlockByNumber", StringComparison.Ordinal)
                && Interlocked.Increment(ref lies) == 1
                ? Altered(answer, "\"number\":\"0x[0-9a-f]*\"", "\"number\":\"0xfffffffffff\"")
                : Altered(answer, "\"error\":\\{[^}]*OutOfRange[^}]*\\}", "\"result\":[]");
        };

        Assert.False(await keeper.PassAsync(enough.Token));
        Assert.True(await keeper.PassAsync(enough.Token));
        await bench.NextPeriodAsync();
        Assert.True(await keeper.PassAsync(enough.Token));
        await street.AddsUpAsync();
    }

    private static string Altered(string answer, string pattern, string becomes) => Regex.Replace(
        answer, pattern, becomes, RegexOptions.None, TimeSpan.FromSeconds(10));
}
