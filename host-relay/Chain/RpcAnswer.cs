using System.Text.Json;

namespace Helios.Chain;

/// <summary>Turns the node's JSON into types.</summary>
internal static class RpcAnswer
{
    // The last second of the year 9999: what is later is no time of a block, and has no date.
    private const ulong TimestampMax = 253_402_300_799;

    // More than any chain has blocks, or gas in one: sums of many still fit 64 bits, signed.
    private const ulong NumberMax = (1UL << 53) - 1;

    // Words of geth, reth, Nethermind, Besu and anvil; there are no codes for these.
    private static readonly (string Words, BroadcastResult Result)[] Refusals =
    [
        ("already known", BroadcastResult.InPool),
        ("already imported", BroadcastResult.InPool),
        ("alreadyknown", BroadcastResult.InPool),
        ("known transaction", BroadcastResult.InPool),
        ("nonce too low", BroadcastResult.NonceTooLow),
        ("oldnonce", BroadcastResult.NonceTooLow),
        ("insufficient funds", BroadcastResult.BalanceTooLow),
        ("underpriced", BroadcastResult.FeeTooLow),
        ("fee too low", BroadcastResult.FeeTooLow),
        ("less than block base fee", BroadcastResult.FeeTooLow),
        ("max fee per gas less than", BroadcastResult.FeeTooLow),
    ];

    public static Block ToBlock(JsonElement block) => new(
        NumberOf(block, "number"),
        TextOf(block.GetProperty("hash")),
        TextOf(block.GetProperty("parentHash")),
        TimestampOf(block),
        block.TryGetProperty("baseFeePerGas", out _) ? QuantityOf(block, "baseFeePerGas") : 0,
        (ulong)QuantityOf(block, "gasLimit"));

    public static Receipt ToReceipt(JsonElement receipt) => new(
        QuantityOf(receipt, "status") == UInt128.One,
        NumberOf(receipt, "blockNumber"),
        TextOf(receipt.GetProperty("blockHash")),
        NumberOf(receipt, "gasUsed"),
        receipt.TryGetProperty("contractAddress", out var created)
            && created.ValueKind == JsonValueKind.String
                ? Address.Parse(TextOf(created))
                : null,
        [.. receipt.GetProperty("logs").EnumerateArray().Select(ToLog)]);

    public static IReadOnlyList<LogEntry> ToLogs(JsonElement logs) =>
        [.. logs.EnumerateArray().Select(ToLog)];

    public static BroadcastResult ToBroadcastResult(string reason)
    {
        foreach (var (words, result) in Refusals)
        {
            if (reason.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return result;
            }
        }

        return BroadcastResult.Refused;
    }

    /// <summary>The text that an element is; null is none.</summary>
    public static string TextOf(JsonElement element) =>
        element.GetString() ?? throw new FormatException("The node answered null for a text.");

    private static LogEntry ToLog(JsonElement log) => new(
        Address.Parse(TextOf(log.GetProperty("address"))),
        [.. log.GetProperty("topics").EnumerateArray()
            .Select(topic => Hex.Parse(TextOf(topic)))],
        Hex.Parse(TextOf(log.GetProperty("data"))),
        NumberOf(log, "blockNumber"));

    private static ulong TimestampOf(JsonElement block)
    {
        var timestamp = QuantityOf(block, "timestamp");
        return timestamp <= TimestampMax
            ? (ulong)timestamp
            : throw new FormatException("The node answered a time after the year 9999.");
    }

    private static ulong NumberOf(JsonElement parent, string name)
    {
        var number = QuantityOf(parent, name);
        return number <= NumberMax
            ? (ulong)number
            : throw new FormatException($"The node answered {number} for {name}.");
    }

    private static UInt128 QuantityOf(JsonElement parent, string name) =>
        Hex.ParseQuantity(TextOf(parent.GetProperty(name)));
}
