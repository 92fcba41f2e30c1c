using System.Text.Json.Nodes;
using Helios.Chain;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Control;

/// <summary>Lies of a node about what it was asked.</summary>
internal static class Answers
{
    /// <summary>Every answer to a view is this word; other requests pass.</summary>
    public static async Task<string?> WithWordAsync(
        string request, Func<Task<string>> forward, string view, string word)
    {
        var selector = Hex.Of(AbiWriter.SelectorOf(view));
        var answer = JsonNode.Parse(await forward())!;
        var asked = JsonNode.Parse(request)!;
        foreach (var one in asked is JsonArray many ? many.ToArray() : [asked])
        {
            if (one!["method"]!.GetValue<string>() is "eth_call"
                && one["params"]![0]!["data"]!.GetValue<string>()
                    .StartsWith(selector, StringComparison.Ordinal))
            {
                var id = one["id"]!.GetValue<long>();
                var its = answer is JsonArray answers
                    ? answers.Single(each => each!["id"]!.GetValue<long>() == id)
                    : answer;
                its!["result"] = "0x" + word;
            }
        }

        return answer.ToJsonString();
    }

    /// <summary>
    /// A node that hears of no block any more: its newest one is what it was when first asked.
    /// Other answers pass.
    /// </summary>
    public static FaultProxy.Handler OfANodeThatStandsStill()
    {
        string? newest = null;
        return async (request, forward) =>
        {
            if (!request.Contains("\"latest\",false", StringComparison.Ordinal))
            {
                return await forward();
            }

            newest ??= await forward();
            var block = JsonNode.Parse(newest)!;
            block["id"] = JsonNode.Parse(request)!["id"]!.GetValue<long>();
            return block.ToJsonString();
        };
    }

    /// <summary>Every block is of this time; other answers pass.</summary>
    public static async Task<string?> WithTimeAsync(
        string request, Func<Task<string>> forward, string timestamp)
    {
        var answer = await forward();
        if (!request.Contains("eth_getBlockByNumber", StringComparison.Ordinal))
        {
            return answer;
        }

        var block = JsonNode.Parse(answer)!;
        block["result"]!["timestamp"] = timestamp;
        return block.ToJsonString();
    }

    /// <summary>How many blocks a question for events spans; null for other questions.</summary>
    public static ulong? BlocksAskedFor(string request)
    {
        var asked = JsonNode.Parse(request);
        if (asked is not JsonObject || asked["method"]!.GetValue<string>() is not "eth_getLogs")
        {
            return null;
        }

        var filter = asked["params"]![0]!;
        return 1 + (ulong)(Hex.ParseQuantity(filter["toBlock"]!.GetValue<string>())
            - Hex.ParseQuantity(filter["fromBlock"]!.GetValue<string>()));
    }
}
