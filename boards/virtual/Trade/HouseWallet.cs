using System.Security.Cryptography;
using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// The wallet of a house's owner, with a key of this run only, and the book that he keeps by hand:
/// of what he got to begin with, and what he sent to redeem it.
/// </summary>
public sealed class HouseWallet
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <param name="node">The node that takes its transactions.</param>
    public HouseWallet(ChainNode node)
    {
        Key = new SenderKey(_secret);
        Transactions = new Wallet(node, LocalNode.ChainId, Key);
    }

    /// <summary>The owner's address.</summary>
    public Address Address => Key.Address;

    /// <summary>The owner's key.</summary>
    public SenderKey Key { get; }

    /// <summary>The same as 0x and 64 digits, for other wallets; it is worth nothing.</summary>
    public string KeyText => Hex.Of(_secret);

    /// <summary>Sends its transactions.</summary>
    public Wallet Transactions { get; }

    /// <summary>Money that it was given to begin with, in the token's smallest units.</summary>
    public UInt128 IssuedUnits { get; set; }

    /// <summary>Sent to Redemptions by plain transfers, Wh.</summary>
    public ulong RedeemedWh { get; set; }

    /// <summary>Sends a transaction that has to succeed, and waits for its block.</summary>
    /// <exception cref="NodeRefusedException">It would revert.</exception>
    /// <exception cref="InvalidOperationException">It reverted.</exception>
    public async Task DoAsync(Address to, byte[] calldata, CancellationToken ct)
    {
        var hash = await Transactions.SendAsync(to, calldata, ct);
        if (!(await Transactions.ConfirmedAsync(hash, ct)).Succeeded)
        {
            throw new InvalidOperationException($"A transaction of {Address} to {to} reverted.");
        }
    }
}
