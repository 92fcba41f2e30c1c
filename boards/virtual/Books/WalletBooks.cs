using System.Text.Json.Serialization;

namespace Helios.Boards.Virtual.Books;

/// <summary>
/// An owner's wallet: what he wrote down of his transfers, counted by the watt-hours that coins
/// stand for, and what the coin says that he holds.
/// </summary>
public sealed record WalletBooks
{
    /// <summary>Sold to consumers, Wh.</summary>
    public required ulong SoldWh { get; init; }

    /// <summary>Bought from producers, Wh.</summary>
    public required ulong BoughtWh { get; init; }

    /// <summary>Sent to Redemptions, Wh.</summary>
    public required ulong RedeemedWh { get; init; }

    /// <summary>The balance in units of 10^-18 coin.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required UInt128 BalanceUnits { get; init; }
}
