using System.Security.Cryptography;
using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// The wallet of a house's owner, with a key of this run only, and the book that he keeps by hand
/// of what went in and out. Coins are counted here by the watt-hours that they stand for.
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

    /// <summary>Sold to consumers, Wh.</summary>
    public ulong SoldWh { get; set; }

    /// <summary>Bought from producers, Wh.</summary>
    public ulong BoughtWh { get; set; }

    /// <summary>Sent to Redemptions, Wh.</summary>
    public ulong RedeemedWh { get; set; }
}
