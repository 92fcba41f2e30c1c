namespace Helios.Boards.Virtual.Trade;

/// <summary>The kinds of what an owner does by hand.</summary>
public enum ErrandKind
{
    /// <summary>Offers coins in the auction that is on.</summary>
    Ask,

    /// <summary>Bids for coins there.</summary>
    Bid,

    /// <summary>Sends coins to Redemptions by a plain transfer.</summary>
    Redeem,
}
