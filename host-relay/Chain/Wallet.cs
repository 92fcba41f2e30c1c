namespace Helios.Chain;

/// <summary>
/// Sends transactions of one key, as any wallet does. Keeps nothing over a restart: for people and
/// simulations, and not for what must survive a crash on its way.
/// </summary>
/// <param name="node">The node that takes them.</param>
/// <param name="chainId">The chain that they are for.</param>
/// <param name="key">Signs and pays.</param>
public sealed class Wallet(ChainNode node, ulong chainId, SenderKey key)
{
    private const ulong TipPerGasWei = 1_000_000_000;

    // EIP-7825: a transaction may not ask for more.
    private const ulong GasLimitMax = 1 << 24;

    private static readonly TimeSpan ReceiptTick = TimeSpan.FromMilliseconds(5);

    /// <summary>Whose transactions they are.</summary>
    public Address Address => key.Address;

    /// <summary>Hands a transaction to the node, after those that it has of this key.</summary>
    /// <returns>Its hash.</returns>
    /// <exception cref="NodeRefusedException">It would revert, or is not taken.</exception>
    public async Task<byte[]> SendAsync(Address to, byte[] calldata, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(calldata);
        var gas = await node.EstimateGasAsync(Address, to, calldata, ct);
        var head = await node.LatestBlockAsync(ct);
        var signed = new DynamicFeeTransaction
        {
            ChainId = chainId,
            Nonce = await node.NextNonceAsync(Address, ct),
            MaxPriorityFeePerGasWei = TipPerGasWei,

            // The base fee doubles in six full blocks at the fastest (EIP-1559).
            MaxFeePerGasWei = (2 * head.BaseFeePerGasWei) + TipPerGasWei,

            // What a call needs may rise until it is mined: a cold slot, a longer path.
            GasLimit = Math.Max(gas, Math.Min(gas + (gas / 2), GasLimitMax)),
            To = to,
            Calldata = calldata,
        }.Sign(key);
        await node.InvokeAsync("eth_sendRawTransaction", ct, Hex.Of(signed.Raw));
        return signed.Hash;
    }

    /// <summary>Waits until a block contains a transaction.</summary>
    public async Task<Receipt> ConfirmedAsync(byte[] hash, CancellationToken ct)
    {
        while (true)
        {
            if (await node.ReceiptAsync(hash, ct) is { } receipt)
            {
                return receipt;
            }

            await Task.Delay(ReceiptTick, ct);
        }
    }
}
