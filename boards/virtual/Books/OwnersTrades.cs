namespace Helios.Boards.Virtual.Books;

/// <summary>What one owner's orders and purchases came to.</summary>
internal sealed class OwnersTrades
{
    /// <summary>Sold, Wh.</summary>
    public ulong SoldWh { get; set; }

    /// <summary>Bought, Wh.</summary>
    public ulong BoughtWh { get; set; }

    /// <summary>Coins of asks that are not settled, Wh.</summary>
    public ulong EscrowedWh { get; set; }

    /// <summary>Paid, in smallest units of the token.</summary>
    public UInt128 PaidUnits { get; set; }

    /// <summary>Received, in smallest units of the token.</summary>
    public UInt128 ReceivedUnits { get; set; }

    /// <summary>Money of bids that are not settled, in smallest units of the token.</summary>
    public UInt128 EscrowedMoneyUnits { get; set; }
}
