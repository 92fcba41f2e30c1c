namespace Helios.Boards.Virtual.Books;

/// <summary>A cleared auction: its result, and what its settled orders add up to.</summary>
public sealed record AuctionBooks
{
    /// <summary>Its number.</summary>
    public required uint Period { get; init; }

    /// <summary>The price of all, ticks; 0: nothing moved.</summary>
    public required ushort PriceTicks { get; init; }

    /// <summary>Lots that moved, by its clearing.</summary>
    public required ulong Lots { get; init; }

    /// <summary>Lots of its bids that moved, added up.</summary>
    public required ulong BidLots { get; init; }

    /// <summary>Lots of its asks that moved, added up.</summary>
    public required ulong AskLots { get; init; }

    /// <summary>The lowest limit of a bid that moved anything, ticks; 0 if none did.</summary>
    public required ushort LowestBidTicks { get; init; }

    /// <summary>The highest limit of an ask that moved anything, ticks; 0 if none did.</summary>
    public required ushort HighestAskTicks { get; init; }
}
