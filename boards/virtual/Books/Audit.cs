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
    /// <param name="transactionsRefused">Transactions that the chain did not take.</param>
    /// <param name="elapsed">Real time since the start of the program.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<Report> RunAsync(
        Neighbourhood neighbourhood,
        int transactionsRefused,
        TimeSpan elapsed,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        var options = neighbourhood.Options;
        var figures = neighbourhood.Relay.Figures;
        var relayed = figures.Meters.ToDictionary(meter => meter.Meter);
        var trade = await TradeAudit.ReadAsync(neighbourhood, cancellation);
        var books = new List<MeterBooks>();
        foreach (var house in neighbourhood.Houses)
        {
            books.Add(await ReadAsync(
                neighbourhood,
                house,
                relayed.GetValueOrDefault(house.Meter),
                trade,
                cancellation));
        }

        var coins = await ReadCoinsAsync(neighbourhood, cancellation);
        var tradeBooks = trade is null ? null : await trade.BooksAsync(cancellation);
        var differences = Reconciliation.DifferencesIn(
            books,
            coins,
            tradeBooks,
            new Terms(options.ImpulsesPerKwh, options.WhPerCoin, options.RatedPowerW));
        using var process = Process.GetCurrentProcess();
        return new Report
        {
            Reconciled = differences.Count == 0,
            Differences = differences,
            ImpulsesPerKwh = options.ImpulsesPerKwh,
            WhPerCoin = options.WhPerCoin,
            Meters = books,
            Coins = coins,
            Trade = tradeBooks,
            TransactionsRefused = transactionsRefused,
            Transactions = figures.Transactions,
            GasUsed = figures.GasUsed,
            Refused = figures.Refused.Values.Sum(),
            SimulatedSeconds = neighbourhood.Clock.ElapsedSeconds,
            ElapsedSeconds = Math.Round(elapsed.TotalSeconds, 1),
            PeakWorkingSetMiB = process.PeakWorkingSet64 / (1 << 20),
        };
    }

    private static async Task<CoinBooks> ReadCoinsAsync(
        Neighbourhood neighbourhood, CancellationToken cancellation)
    {
        var (coin, redemptions) = (neighbourhood.Coin, neighbourhood.Redemptions);
        return new CoinBooks
        {
            SupplyUnits = await coin.TotalSupplyAsync(cancellation),
            BurnedUnits = await coin.BurnedAsync(cancellation),
            EscrowedUnits = await redemptions.EscrowedUnitsAsync(cancellation),
            HeldUnits = await coin.BalanceOfAsync(redemptions.Address, cancellation),
        };
    }

    private static async Task<MeterBooks> ReadAsync(
        Neighbourhood neighbourhood,
        House house,
        MeterFigures? relayed,
        TradeAudit? trade,
        CancellationToken cancellation)
    {
        var (wallet, money) = trade is null
            ? (await ReadWalletAsync(neighbourhood, house, cancellation), MoneyBooks.None)
            : await trade.ReadAsync(house, cancellation);
        var board = house.Board;
        var (made, counted, record) = (board.ImpulsesMade, board.ImpulsesCounted, board.Record);
        var (exportEnergy, importEnergy) = house.Series.EnergyMillijoules();
        var ledger = neighbourhood.Ledger;
        var accepted = await ledger.RegistersOfAsync(house.Meter, cancellation);
        var impulsesPerKwh = neighbourhood.Options.ImpulsesPerKwh;
        return new MeterBooks
        {
            Meter = house.Meter.ToString(),
            Owner = house.Wallet.Address.ToString(),
            Assurance = await ledger.AssuranceOfAsync(house.Meter, cancellation),
            Series = house.Series.Name,
            Export = new RegisterBooks
            {
                ImpulsesExpected = PulseOutput.ImpulsesDown(exportEnergy, impulsesPerKwh),
                ImpulsesMade = made.Export,
                ImpulsesCounted = counted.Export,
                CountedWh = record.ExportWhDown,
                SignedWh = record.SignedExportWh,
                AcceptedWh = accepted.ExportWh,
            },
            Import = new RegisterBooks
            {
                ImpulsesExpected = board.Passed?.ImpulsesDown(impulsesPerKwh)
                    ?? PulseOutput.ImpulsesDown(importEnergy, impulsesPerKwh),
                ImpulsesMade = made.Import,
                ImpulsesCounted = counted.Import,
                CountedWh = record.ImportWhDown,
                SignedWh = record.SignedImportWh,
                AcceptedWh = accepted.ImportWh,
            },
            EnrolledExportWh = record.EnrolledExportWh,
            ReadingsSigned = board.ReadingsSigned,
            ReadingsStored = relayed?.ReadingsStored ?? 0,
            ReadingsAccepted = relayed?.ReadingsAccepted ?? 0,
            CoinsMinted = await ledger.MintedOfAsync(house.Meter, cancellation),
            Wallet = wallet,
            Money = money,
            Supply = house.IsConsumer
                ? await ReadSupplyAsync(
                    neighbourhood.Redemptions, house, accepted.ReturnedWh, cancellation)
                : null,
        };
    }

    // Where nobody trades, an owner keeps what his meter earns.
    private static async Task<WalletBooks> ReadWalletAsync(
        Neighbourhood neighbourhood, House house, CancellationToken cancellation) => new()
        {
            SoldWh = 0,
            BoughtWh = 0,
            RedeemedWh = 0,
            BalanceUnits = await neighbourhood.Coin.BalanceOfAsync(
                house.Wallet.Address, cancellation),
            CreditedUnits = 0,
            EscrowedUnits = 0,
        };

    private static async Task<SupplyBooks> ReadSupplyAsync(
        RedemptionsContract redemptions,
        House house,
        ulong returnedAcceptedWh,
        CancellationToken cancellation)
    {
        var record = house.Board.Record;
        var account = await redemptions.AccountOfAsync(house.Meter, cancellation);
        return new SupplyBooks
        {
            EnrolledWh = record.EnrolledImportWh,
            AuthorisedWh = await redemptions.AuthorisedWhOfAsync(house.Meter, cancellation),
            OrderedWh = record.AuthorisedWh,
            ReturnedWh = record.ReturnedWh,
            ReturnedAcceptedWh = returnedAcceptedWh,
            RedeemedWh = account.RedeemedWh,
            SettledWh = account.SettledWh,
            RefundedWh = account.RefundedWh,
            OpenWh = await redemptions.OpenWhOfAsync(house.Meter, cancellation),
            DebtWh = await redemptions.DebtWhOfAsync(house.Meter, cancellation),
        };
    }
}
