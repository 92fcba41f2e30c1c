using Spectre.Console;

namespace Helios.Boards.Virtual.Show;

/// <summary>A table on a terminal that is drawn anew several times a second.</summary>
/// <param name="isAnybodyConsuming">Whether there are consumers.</param>
internal sealed class TableDisplay(bool isAnybodyConsuming) : PersonDisplay(isAnybodyConsuming)
{
    private const int RowsMax = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public override Task RunAsync(Neighbourhood neighbourhood, CancellationToken cancellation) =>
        AnsiConsole.Live(Draw(neighbourhood)).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Interval);
            try
            {
                while (await timer.WaitForNextTickAsync(cancellation))
                {
                    live.UpdateTarget(Draw(neighbourhood));
                }
            }
            catch (OperationCanceledException)
            {
                live.UpdateTarget(Draw(neighbourhood));
            }
        });

    private static Table Draw(Neighbourhood neighbourhood)
    {
        var rows = MeterRow.Of(neighbourhood);
        var table = new Table { Border = TableBorder.Simple }
            .Title($"{neighbourhood.Clock.Now:yyyy-MM-dd HH:mm}, "
                + $"ledger {neighbourhood.Ledger.Address}"
                + (neighbourhood.TradingPlace is { } place ? $", {place.Traded}" : ""))
            .Caption(neighbourhood.Options.Once ? "" : "Ctrl-C ends")
            .AddColumn("meter");
        foreach (var name in (string[])
        [
            "impulses", "export Wh", "import Wh", "open Wh", "signed", "stored", "accepted", "HEC",
            "gas",
        ])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var row in rows.Take(RowsMax))
        {
            Add(table, row);
        }

        Add(table, Sum(rows));
        return table;
    }

    private static void Add(Table table, MeterRow row) => table.AddRow(
        row.Meter,
        $"{row.Impulses}",
        $"{row.ExportWh}",
        $"{row.ImportWh}",
        $"{row.RestWh}",
        $"{row.ReadingsSigned}",
        $"{row.ReadingsStored}",
        $"{row.ReadingsAccepted}",
        $"{row.Coins}",
        $"{row.GasUsed}");

    private static MeterRow Sum(IReadOnlyList<MeterRow> rows) => rows.Aggregate(
        new MeterRow($"all {rows.Count}", 0, 0, 0, 0, 0, 0, 0, 0, 0),
        (sum, row) => new MeterRow(
            sum.Meter,
            sum.Impulses + row.Impulses,
            sum.ExportWh + row.ExportWh,
            sum.ImportWh + row.ImportWh,
            sum.RestWh + row.RestWh,
            sum.ReadingsSigned + row.ReadingsSigned,
            sum.ReadingsStored + row.ReadingsStored,
            sum.ReadingsAccepted + row.ReadingsAccepted,
            sum.Coins + row.Coins,
            sum.GasUsed + row.GasUsed));
}
