using System.Text.Json.Serialization;

namespace Helios.Boards.Virtual.Books;

/// <summary>
/// An owner's money, in the smallest units of the market's token: what his orders cost and brought
/// by what the auctions say, and what token and market say that he has.
/// </summary>
[JsonNumberHandling(JsonNumberHandling.WriteAsString)]
public sealed record MoneyBooks
{
    /// <summary>Of somebody who has none, where nobody trades.</summary>
    public static readonly MoneyBooks None = new()
    {
        IssuedUnits = 0,
        PaidUnits = 0,
        ReceivedUnits = 0,
        BalanceUnits = 0,
        CreditedUnits = 0,
        EscrowedUnits = 0,
    };

    /// <summary>Given to him to begin with.</summary>
    public required UInt128 IssuedUnits { get; init; }

    /// <summary>Paid for coins.</summary>
    public required UInt128 PaidUnits { get; init; }

    /// <summary>Received for coins.</summary>
    public required UInt128 ReceivedUnits { get; init; }

    /// <summary>His balance of the token.</summary>
    public required UInt128 BalanceUnits { get; init; }

    /// <summary>What he can withdraw from the market.</summary>
    public required UInt128 CreditedUnits { get; init; }

    /// <summary>Held for his bids that are not settled.</summary>
    public required UInt128 EscrowedUnits { get; init; }
}
