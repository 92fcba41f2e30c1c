using System.Text.Json.Serialization;

namespace Helios.Boards.Virtual.Books;

/// <summary>
/// An owner's coins, counted by the watt-hours that they stand for: what auctions say of his
/// orders, what he wrote down of his own transfers and the market of its redemptions for him, and
/// what coin and market say that he has.
/// </summary>
public sealed record WalletBooks
{
    /// <summary>Sold in the market, Wh.</summary>
    public required ulong SoldWh { get; init; }

    /// <summary>Bought there, Wh.</summary>
    public required ulong BoughtWh { get; init; }

    /// <summary>Sent to Redemptions, by himself or by his standing order, Wh.</summary>
    public required ulong RedeemedWh { get; init; }

    /// <summary>The balance in units of 10^-18 coin.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required UInt128 BalanceUnits { get; init; }

    /// <summary>What he can withdraw from the market, in units of 10^-18 coin.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required UInt128 CreditedUnits { get; init; }

    /// <summary>Held for his asks that are not settled, in units of 10^-18 coin.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required UInt128 EscrowedUnits { get; init; }
}
