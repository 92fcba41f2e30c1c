using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// The gas limit of a batch. A node runs a batch again and again to estimate it (anvil 1.7 some
/// twenty times), so batches of one size share an estimate for a while: of the others the node is
/// asked, and runs them once, whether the same limit is enough.
/// </summary>
internal sealed class BatchGas(ChainNode node, RelayOptions options, ILogger log)
{
    // EIP-7825: a transaction may not ask for more.
    private const ulong LimitMax = 1 << 24;

    // What is known is of this block; slots that are colder in the next one cost more.
    private const ulong Margin = 30_000;

    // EIP-7623: what a transaction takes at least, were no byte of it zero, however little it
    // does. With a limit below that it could never be in a block, and its nonce jam all others.
    private const ulong TransactionGas = 21_000;
    private const ulong GasPerCalldataByteMin = 40;

    // The first readings of new meters and owners need more than later ones do.
    private const ulong SharedForBlocks = 32;

    private (int CalldataBytes, ulong Limit, ulong Block) _shared;

    /// <summary>
    /// Null if the batch would revert, or needs more than a block takes.
    /// </summary>
    public async Task<ulong?> LimitAsync(
        ReadyReading[] batch, byte[] calldata, Block head, CancellationToken ct)
    {
        var most = Math.Min(LimitMax, head.GasLimit);
        if (IsShared(calldata, head)
            && _shared.Limit <= most
            && await IsEnoughAsync(_shared.Limit * 9 / 10, calldata, ct))
        {
            return _shared.Limit;
        }

        var least = TransactionGas + (GasPerCalldataByteMin * (ulong)calldata.Length);
        try
        {
            var estimate = await node.EstimateGasAsync(
                options.Sender.Address, options.Ledger, calldata, ct);
            if (Math.Max(estimate, least) <= most)
            {
                var limit = Math.Clamp((estimate * 5 / 4) + Margin, least, most);
                _shared = (calldata.Length, limit, head.Number);
                return limit;
            }

            log.Halved(batch.Length, $"{estimate} gas");
        }
        catch (NodeRefusedException refusal)
        {
            log.Halved(batch.Length, refusal.Reason);
        }

        return null;
    }

    private bool IsShared(byte[] calldata, Block head) =>
        _shared.CalldataBytes == calldata.Length
        && head.Number - Math.Min(_shared.Block, head.Number) < SharedForBlocks;

    private async Task<bool> IsEnoughAsync(ulong gas, byte[] calldata, CancellationToken ct)
    {
        try
        {
            await node.RunAsync(options.Sender.Address, options.Ledger, calldata, gas, ct);
            return true;
        }
        catch (NodeRefusedException)
        {
            return false;
        }
    }
}
