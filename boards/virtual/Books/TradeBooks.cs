using System.Text.Json.Serialization;

namespace Helios.Boards.Virtual.Books;

/// <summary>The market of a neighbourhood.</summary>
public sealed record TradeBooks
{
    /// <summary>Energy of a lot, Wh.</summary>
    public required uint LotWh { get; init; }

    /// <summary>Smallest units of the token that a lot costs for each tick.</summary>
    public required ulong UnitsPerTick { get; init; }

    /// <summary>Every auction that was cleared.</summary>
    public required IReadOnlyList<AuctionBooks> Auctions { get; init; }

    /// <summary>Paid for signed offers, in smallest units of the token.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required UInt128 OffersPaidUnits { get; init; }

    /// <summary>Coins of the market, in units of 10^-18.</summary>
    public required HeldBooks Coins { get; init; }

    /// <summary>Money of the market.</summary>
    public required HeldBooks Money { get; init; }

    /// <summary>All money in existence, in smallest units.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required UInt128 IssuedUnits { get; init; }
}
