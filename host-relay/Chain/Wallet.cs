namespace Helios.Chain;

/// <summary>
/// Sends transactions of one key, as any wallet does. Keeps nothing over a restart: for people and
/// simulations, and for what may be done again.
/// </summary>
/// <param name="node">The node that takes them.</param>
/// <param name="chainId">The chain that they are for.</param>
/// <param name="key">Signs and pays.</param>
public sealed class Wallet(ChainNode node, ulong chainId, SenderKey key)
{
    /// <summary>The most gas of a transaction that a chain takes (EIP-7825).</summary>
    public const ulong GasLimitMax = 1 << 24;

    private const string Estimate = "eth_estimateGas";
    private const ulong TipPerGasWei = 1_000_000_000;
    private static readonly TimeSpan ReceiptTickMin = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ReceiptTickMax = TimeSpan.FromSeconds(1);

    /// <summary>What needs more gas is refused; at most <see cref="GasLimitMax"/>.</summary>
    public ulong GasMax { get; init; } = GasLimitMax;

    /// <summary>Whose transactions they are.</summary>
    public Address Address => key.Address;

    /// <summary>Hands a transaction to the node, after those that it has of this key.</summary>
    /// <returns>Its hash.</returns>
    /// <exception cref="NodeRefusedException">It would revert, or is not taken.</exception>
    public Task<byte[]> SendAsync(Address to, byte[] calldata, CancellationToken ct) =>
        SendAsync(to, calldata, UInt128.Zero, ct);

    /// <summary>The same with so much wei.</summary>
    /// <inheritdoc cref="SendAsync(Address, byte[], CancellationToken)"/>
    public async Task<byte[]> SendAsync(
        Address to, byte[] calldata, UInt128 valueWei, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(calldata);
        var gas = await node.EstimateGasAsync(Address, to, calldata, valueWei, ct);
        if (gas > GasMax)
        {
            throw new NodeRefusedException(
                Estimate, 0, $"it needs {gas} gas, and {GasMax} are allowed", []);
        }

        // What a call needs may rise until it is mined: a cold slot, a longer path.
        return await SignAndSendAsync(
            to, calldata, valueWei, Math.Min(gas + (gas / 2), GasLimitMax), ct);
    }

    /// <summary>
    /// The same with a gas limit that is known to be enough: the node need not try the call, and
    /// does not refuse one that would revert.
    /// </summary>
    /// <returns>Its hash.</returns>
    public Task<byte[]> SendUntriedAsync(
        Address to, byte[] calldata, ulong gasLimit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(calldata);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gasLimit, GasMax);
        return SignAndSendAsync(to, calldata, UInt128.Zero, gasLimit, ct);
    }

    /// <summary>Waits until a block contains a transaction.</summary>
    public async Task<Receipt> ConfirmedAsync(byte[] hash, CancellationToken ct)
    {
        // Never much longer than it took so far: on a local chain, blocks come at once.
        for (var tick = ReceiptTickMin; ; tick = tick < ReceiptTickMax ? 1.25 * tick : tick)
        {
            if (await node.ReceiptAsync(hash, ct) is { } receipt)
            {
                return receipt;
            }

            await Task.Delay(tick, ct);
        }
    }

    private async Task<byte[]> SignAndSendAsync(
        Address to, byte[] calldata, UInt128 valueWei, ulong gasLimit, CancellationToken ct)
    {
        var head = await node.LatestBlockAsync(ct);
        var signed = new DynamicFeeTransaction
        {
            ChainId = chainId,
            Nonce = await node.NextNonceAsync(Address, ct),
            MaxPriorityFeePerGasWei = TipPerGasWei,

            // The base fee doubles in six full blocks at the fastest (EIP-1559).
            MaxFeePerGasWei = (2 * head.BaseFeePerGasWei) + TipPerGasWei,
            GasLimit = gasLimit,
            To = to,
            ValueWei = valueWei,
            Calldata = calldata,
        }.Sign(key);
        await node.InvokeAsync("eth_sendRawTransaction", ct, Hex.Of(signed.Raw));
        return signed.Hash;
    }
}
