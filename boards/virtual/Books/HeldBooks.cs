using System.Text.Json.Serialization;

namespace Helios.Boards.Virtual.Books;

/// <summary>What the market has of coins or of money, in smallest units.</summary>
[JsonNumberHandling(JsonNumberHandling.WriteAsString)]
public sealed record HeldBooks
{
    /// <summary>Came to it, by the transfers that its token tells of.</summary>
    public required UInt128 InUnits { get; init; }

    /// <summary>Left it, likewise.</summary>
    public required UInt128 OutUnits { get; init; }

    /// <summary>Its balance.</summary>
    public required UInt128 BalanceUnits { get; init; }
}
