namespace Helios.Boards.Virtual.Show;

/// <summary>A line now and then, for an output that is no terminal.</summary>
/// <param name="isAnybodyConsuming">Whether there are consumers.</param>
internal sealed class LineDisplay(bool isAnybodyConsuming) : PersonDisplay(isAnybodyConsuming)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public override async Task RunAsync(Neighbourhood neighbourhood, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        var last = "";
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            // Time stands still while people trade: a minute is said once.
            var now = $"{neighbourhood.Clock.Now:yyyy-MM-dd HH:mm}";
            if (string.Equals(now, last, StringComparison.Ordinal))
            {
                continue;
            }

            last = now;
            var rows = MeterRow.Of(neighbourhood);
            Console.WriteLine(
                $"{now}: {rows.Count} meters, "
                + $"{rows.Sum(row => row.Impulses)} impulses, "
                + $"{rows.Sum(row => (long)row.ExportWh)} Wh fed out, "
                + $"{rows.Sum(row => (long)row.ImportWh)} Wh taken in, "
                + $"{rows.Sum(row => (long)row.RestWh)} Wh open, "
                + $"readings {rows.Sum(row => row.ReadingsSigned)} signed, "
                + $"{rows.Sum(row => row.ReadingsStored)} stored, "
                + $"{rows.Sum(row => row.ReadingsAccepted)} accepted, "
                + $"{rows.Sum(row => (long)row.Coins)} HEC minted, "
                + (neighbourhood.TradingPlace is { } place ? $"{place.Traded}, " : "")
                + $"{rows.Sum(row => (long)row.GasUsed)} gas");
        }
    }
}
