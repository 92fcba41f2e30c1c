using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Sends the transactions that no block contains to the node again, as they were signed, and has
/// the readings that were put off or given up tried again by the relay. Beside a running relay or
/// without one.
/// </summary>
internal static class ResendCommand
{
    /// <param name="options">Where the database and the node are.</param>
    /// <param name="meter">Whose readings are tried again; null for everybody's.</param>
    /// <param name="output">Where it says what it did.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        RelayOptions options, string? meter, TextWriter output, CancellationToken ct)
    {
        Address? address = meter is null ? null : AddressText.Parse(meter, "meter");
        using var store = StoreFactory.OpenExisting(options);
        var readings = store.Write(connection => ReadingStates.Resend(connection, address));
        output.WriteLine($"{readings} readings will be tried again by the relay.");

        var sent = store.Read(static connection => OutgoingTable.AllSent(connection));
        using var node = new ChainNode(options.RpcUrl, options.RpcTimeLimit);
        foreach (var outgoing in sent)
        {
            var (result, reason) = await node.BroadcastAsync(outgoing.Raw, ct);
            output.WriteLine($"Transaction {Hex.Of(outgoing.Hash)}: {result switch
            {
                BroadcastResult.InPool => "the node has it",
                BroadcastResult.NonceTooLow => "a block contains it, or another with its nonce",
                _ => $"not taken ({reason})",
            }}.");
        }

        return 0;
    }
}
