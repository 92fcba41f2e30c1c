using System.Security.Cryptography;
using Helios.Chain;
using Helios.Signing;

namespace Helios.LocalChain;

/// <summary>
/// The account that admits a local chain's meters, with a key of this run only and ether that
/// the local node gives.
/// </summary>
/// <param name="node">The local chain, still making a block for each transaction.</param>
public sealed class Enroller(ChainNode node)
{
    // An enrolment writes three new slots and recovers a signer: measured at about 150,000.
    private const ulong EnrolGasMax = 400_000;
    private static readonly TimeSpan ReceiptTick = TimeSpan.FromMilliseconds(2);
    private static readonly UInt128 FeePerGasWeiMax = 10_000_000_000;
    private static readonly UInt128 GiftWei = (UInt128)1_000_000_000_000_000_000 * 1000;

    private readonly SenderKey _key = new(RandomNumberGenerator.GetBytes(32));
    private ulong _nonce;

    /// <summary>The enroller's account.</summary>
    public Address Address => _key.Address;

    /// <summary>Lets the local node give an account ether to pay with.</summary>
    public static Task FundAsync(ChainNode node, Address account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.InvokeAsync(
            "anvil_setBalance", cancellation, account.ToString(), $"0x{GiftWei:x}");
    }

    /// <summary>Admits a meter and waits for the ledger's word.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="enrolment">What the meter signed.</param>
    /// <param name="signature">Its signature, 64 bytes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task EnrolAsync(
        Address ledger,
        Enrolment enrolment,
        ReadOnlyMemory<byte> signature,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        var signed = new DynamicFeeTransaction
        {
            ChainId = LocalNode.ChainId,
            Nonce = _nonce++,
            MaxPriorityFeePerGasWei = 1,
            MaxFeePerGasWei = FeePerGasWeiMax,
            GasLimit = EnrolGasMax,
            To = ledger,
            Calldata = DirectoryCalls.Enrol(enrolment, signature.Span),
        }.Sign(_key);

        var (result, reason) = await node.BroadcastAsync(signed.Raw, cancellation);
        if (result != BroadcastResult.InPool
            || !(await ReceiptAsync(signed, cancellation)).Succeeded)
        {
            throw new InvalidOperationException(
                $"The ledger did not enrol {new Address(enrolment.Meter)}: {result} {reason}");
        }
    }

    // anvil answers before its block is made, but makes it at once.
    private async Task<Receipt> ReceiptAsync(
        SignedTransaction signed, CancellationToken cancellation)
    {
        while (true)
        {
            if (await node.ReceiptAsync(signed.Hash, cancellation) is { } receipt)
            {
                return receipt;
            }

            await Task.Delay(ReceiptTick, cancellation);
        }
    }
}
