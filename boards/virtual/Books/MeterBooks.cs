namespace Helios.Boards.Virtual.Books;

/// <summary>All that is known of one meter after a run, from each place that knows it.</summary>
public sealed record MeterBooks
{
    /// <summary>The meter's address.</summary>
    public required string Meter { get; init; }

    /// <summary>Its owner's address.</summary>
    public required string Owner { get; init; }

    /// <summary>Where the ledger says that its key is: 0 in files, 2 in an element.</summary>
    public required byte Assurance { get; init; }

    /// <summary>The series that flowed through it.</summary>
    public required string Series { get; init; }

    /// <summary>Energy fed out.</summary>
    public required RegisterBooks Export { get; init; }

    /// <summary>Energy taken in.</summary>
    public required RegisterBooks Import { get; init; }

    /// <summary>The export register at enrolment, Wh.</summary>
    public required ulong EnrolledExportWh { get; init; }

    /// <summary>Readings that the meter signed.</summary>
    public required long ReadingsSigned { get; init; }

    /// <summary>Readings that the relay stored.</summary>
    public required long ReadingsStored { get; init; }

    /// <summary>Readings that the ledger accepted.</summary>
    public required long ReadingsAccepted { get; init; }

    /// <summary>Whole coins that the ledger says it minted for the meter.</summary>
    public required ulong CoinsMinted { get; init; }

    /// <summary>The owner's wallet.</summary>
    public required WalletBooks Wallet { get; init; }

    /// <summary>Its owner's money.</summary>
    public required MoneyBooks Money { get; init; }

    /// <summary>Energy that coins were redeemed for; null for a producer.</summary>
    public required SupplyBooks? Supply { get; init; }
}
