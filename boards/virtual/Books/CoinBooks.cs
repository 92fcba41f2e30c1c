using System.Text.Json.Serialization;

namespace Helios.Boards.Virtual.Books;

/// <summary>All coins, in units of 10^-18, as the contracts have them.</summary>
[JsonNumberHandling(JsonNumberHandling.WriteAsString)]
public sealed record CoinBooks
{
    /// <summary>In existence.</summary>
    public required UInt128 SupplyUnits { get; init; }

    /// <summary>Ever burned.</summary>
    public required UInt128 BurnedUnits { get; init; }

    /// <summary>What Redemptions says is open for all meters.</summary>
    public required UInt128 EscrowedUnits { get; init; }

    /// <summary>What Redemptions holds.</summary>
    public required UInt128 HeldUnits { get; init; }
}
