using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;

namespace Helios.Boards.Virtual.Show;

/// <summary>The parts of a display that are sentences: what is played, and the books.</summary>
internal abstract class PersonDisplay : Display
{
    public override void Starting(IReadOnlyList<PowerSeries> series)
    {
        foreach (var one in series)
        {
            Console.WriteLine($"Power: {one.Name}");
        }

        Console.WriteLine("Starting chain, contracts, broker and boards ...");
    }

    public override void Reconciled(Report report)
    {
        foreach (var meter in report.Meters)
        {
            Console.WriteLine($"{meter.Meter}, owner {meter.Owner}");
            Write("export", meter.Export);
            Write("import", meter.Import);
            Console.WriteLine(
                $"  readings: {meter.ReadingsSigned} signed, {meter.ReadingsStored} stored, "
                + $"{meter.ReadingsAccepted} accepted; {meter.CoinsMinted} HEC minted");
        }

        Console.WriteLine(
            $"{report.CoinsSupplied} HEC of {report.WhPerCoin} Wh in existence, "
            + $"{report.Transactions} transactions, {report.GasUsed} gas, "
            + $"{report.Refused} messages "
            + $"refused; {report.SimulatedSeconds} s simulated in {report.ElapsedSeconds} s, "
            + $"{report.PeakWorkingSetMiB} MiB at most.");
        foreach (var difference in report.Differences)
        {
            Console.WriteLine($"Difference: {difference}.");
        }

        Console.WriteLine(
            report.Reconciled
                ? "Reconciled: every impulse and every coin is accounted for."
                : $"Not reconciled: {report.Differences.Count} difference(s).");
    }

    private static void Write(string register, RegisterBooks books) => Console.WriteLine(
        $"  {register}: {books.ImpulsesMade} impulses made, {books.ImpulsesCounted} counted = "
        + $"{books.CountedWh} Wh; {books.SignedWh} Wh signed, {books.AcceptedWh} Wh accepted");
}
