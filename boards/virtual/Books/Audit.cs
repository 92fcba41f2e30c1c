using System.Diagnostics;
using Helios.Boards.Simulated;
using Helios.Chain;
using Helios.Relay;

namespace Helios.Boards.Virtual.Books;

/// <summary>Collects the books of a neighbourhood from everyone who keeps one.</summary>
public static class Audit
{
    /// <summary>Reads every book and compares them.</summary>
    /// <param name="neighbourhood">The neighbourhood, at rest.</param>
    /// <param name="elapsed">Real time since the start of the program.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<Report> RunAsync(
        Neighbourhood neighbourhood, TimeSpan elapsed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        var options = neighbourhood.Options;
        var figures = neighbourhood.Relay.Figures;
        var coin = new CoinContract(
            neighbourhood.Chain, await neighbourhood.Ledger.CoinAsync(cancellation));
        var relayed = figures.Meters.ToDictionary(meter => meter.Meter);
        var books = new List<MeterBooks>();
        foreach (var house in neighbourhood.Houses)
        {
            books.Add(await ReadAsync(
                house, options, neighbourhood.Ledger, coin,
                relayed.GetValueOrDefault(house.Meter), cancellation));
        }

        var supply = await coin.TotalSupplyAsync(cancellation);
        var differences = Reconciliation.Differences(
            books, options.ImpulsesPerKwh, options.WhPerCoin, supply);
        using var process = Process.GetCurrentProcess();
        return new Report
        {
            Reconciled = differences.Count == 0,
            Differences = differences,
            ImpulsesPerKwh = options.ImpulsesPerKwh,
            WhPerCoin = options.WhPerCoin,
            Meters = books,
            CoinsSupplied = (ulong)(supply / CoinContract.UnitsPerCoin),
            Transactions = figures.Transactions,
            GasUsed = figures.GasUsed,
            Refused = figures.Refused.Values.Sum(),
            SimulatedSeconds = neighbourhood.Clock.ElapsedSeconds,
            ElapsedSeconds = Math.Round(elapsed.TotalSeconds, 1),
            PeakWorkingSetMiB = process.PeakWorkingSet64 / (1 << 20),
        };
    }

    private static async Task<MeterBooks> ReadAsync(
        House house,
        NeighbourhoodOptions options,
        LedgerContract ledger,
        CoinContract coin,
        MeterFigures? relayed,
        CancellationToken cancellation)
    {
        var (exportEnergy, importEnergy) = house.Series.EnergyMillijoules();
        var made = house.Board.ImpulsesMade;
        var counted = house.Board.ImpulsesCounted;
        var record = house.Board.Record;
        var accepted = await ledger.RegistersOfAsync(house.Meter, cancellation);
        return new MeterBooks
        {
            Meter = house.Meter.ToString(),
            Owner = house.Owner.ToString(),
            Series = house.Series.Name,
            Export = new RegisterBooks
            {
                ImpulsesExpected = PulseOutput.ImpulsesDown(exportEnergy, options.ImpulsesPerKwh),
                ImpulsesMade = made.Export,
                ImpulsesCounted = counted.Export,
                CountedWh = record.ExportWhDown,
                SignedWh = record.SignedExportWh,
                AcceptedWh = accepted.ExportWh,
            },
            Import = new RegisterBooks
            {
                ImpulsesExpected = PulseOutput.ImpulsesDown(importEnergy, options.ImpulsesPerKwh),
                ImpulsesMade = made.Import,
                ImpulsesCounted = counted.Import,
                CountedWh = record.ImportWhDown,
                SignedWh = record.SignedImportWh,
                AcceptedWh = accepted.ImportWh,
            },
            EnrolledExportWh = record.EnrolledExportWh,
            ReadingsSigned = house.Board.ReadingsSigned,
            ReadingsStored = relayed?.ReadingsStored ?? 0,
            ReadingsAccepted = relayed?.ReadingsAccepted ?? 0,
            CoinsMinted = await ledger.MintedOfAsync(house.Meter, cancellation),
            OwnerBalance = await coin.BalanceOfAsync(house.Owner, cancellation),
        };
    }
}
