namespace Helios.Boards.Virtual.Books;

/// <summary>What a run came to.</summary>
public sealed record Report
{
    /// <summary>Whether every book agrees with every other.</summary>
    public required bool Reconciled { get; init; }

    /// <summary>Each disagreement, in a sentence.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>The impulse constant of the meters, imp/kWh.</summary>
    public required uint ImpulsesPerKwh { get; init; }

    /// <summary>Energy of a coin, Wh.</summary>
    public required uint WhPerCoin { get; init; }

    /// <summary>The books of each meter.</summary>
    public required IReadOnlyList<MeterBooks> Meters { get; init; }

    /// <summary>All coins.</summary>
    public required CoinBooks Coins { get; init; }

    /// <summary>The market; null where nobody consumes.</summary>
    public required TradeBooks? Trade { get; init; }

    /// <summary>
    /// Transactions of wallets that the chain did not take, and looks of the keeper that failed.
    /// </summary>
    public required int TransactionsRefused { get; init; }

    /// <summary>Transactions that the relay sent.</summary>
    public required long Transactions { get; init; }

    /// <summary>Gas that they used.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>Messages that the relay refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Simulated time, s.</summary>
    public required long SimulatedSeconds { get; init; }

    /// <summary>Real time from the start of the program to here, s.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The most memory that this process held, MiB; anvil is another process.</summary>
    public required long PeakWorkingSetMiB { get; init; }
}
