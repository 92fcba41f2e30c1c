using System.Text.Json;

namespace Helios.Chain;

/// <summary>Turns the node's JSON into types.</summary>
internal static class RpcAnswer
{
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
        (ulong)QuantityOf(block, "number"),
        block.GetProperty("hash").GetString()!,
        block.GetProperty("parentHash").GetString()!,
        (ulong)QuantityOf(block, "timestamp"),
        block.TryGetProperty("baseFeePerGas", out _) ? QuantityOf(block, "baseFeePerGas") : 0,
        (ulong)QuantityOf(block, "gasLimit"));

    public static Receipt ToReceipt(JsonElement receipt) => new(
        QuantityOf(receipt, "status") == UInt128.One,
        (ulong)QuantityOf(receipt, "blockNumber"),
        receipt.GetProperty("blockHash").GetString()!,
        (ulong)QuantityOf(receipt, "gasUsed"),
        receipt.TryGetProperty("contractAddress", out var created)
            && created.ValueKind == JsonValueKind.String
                ? Address.Parse(created.GetString()!)
                : null,
        [.. receipt.GetProperty("logs").EnumerateArray().Select(ToLog)]);

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

    private static LogEntry ToLog(JsonElement log) => new(
        Address.Parse(log.GetProperty("address").GetString()!),
        [.. log.GetProperty("topics").EnumerateArray()
            .Select(topic => Hex.Parse(topic.GetString()!))],
        Hex.Parse(log.GetProperty("data").GetString()!));

    private static UInt128 QuantityOf(JsonElement parent, string name) =>
        Hex.ParseQuantity(parent.GetProperty(name).GetString()!);
}
