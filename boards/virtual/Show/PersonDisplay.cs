using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;
using Helios.Chain;

namespace Helios.Boards.Virtual.Show;

/// <summary>The parts of a display that are sentences: what is played, and the books.</summary>
/// <param name="isAnybodyConsuming">Whether there are consumers.</param>
internal abstract class PersonDisplay(bool isAnybodyConsuming) : Display
{
    public override void Starting(PlayedSeries series)
    {
        foreach (var one in series.Producers)
        {
            Console.WriteLine($"Fed out: {one.Name}");
        }

        foreach (var one in isAnybodyConsuming ? series.Consumers : [])
        {
            Console.WriteLine($"Taken in: {one.Name}");
        }

        Console.WriteLine("Starting chain, contracts, broker and boards ...");
    }

    public override void Started(Neighbourhood neighbourhood)
    {
        Console.WriteLine(
            $"Chain {neighbourhood.Chain.Url}, ledger {neighbourhood.Ledger.Address}");
        if (neighbourhood is { TradingPlace: { } place, Person: { } person })
        {
            // Lines that a shell takes: what the README calls these things.
            var meter = neighbourhood.Houses
                .First(static house => house is { IsOfPerson: true, IsConsumer: true }).Meter;
            Console.WriteLine("To redeem by hand, with a key of this run that is worth nothing:");
            Console.WriteLine(
                $"export ETH_RPC_URL={neighbourhood.Chain.Url} "
                + $"LEDGER={neighbourhood.Ledger.Address} METER={meter} KEY={person.KeyText}");
            Console.WriteLine("To trade by hand, with the same key and that of a buyer:");
            Console.WriteLine(
                $"export HELIOS_RPC_URL={neighbourhood.Chain.Url} "
                + $"HELIOS_ENERGY_MARKET={place.EnergyMarket} HELIOS_MARKET={place.Market.Id} "
                + $"SELLER={person.KeyText} BUYER={place.Founder.KeyText}");
        }
    }

    public override void Reconciled(Report report)
    {
        foreach (var meter in report.Meters)
        {
            Console.WriteLine(
                $"{meter.Meter}, owner {meter.Owner}, assurance {meter.Assurance}");
            Write("export", meter.Export);
            Write("import", meter.Import);
            Console.WriteLine(
                $"  readings: {meter.ReadingsSigned} signed, {meter.ReadingsStored} stored, "
                + $"{meter.ReadingsAccepted} accepted; {meter.CoinsMinted} HEC minted");
            if (meter.Supply is { } supply)
            {
                Write(supply);
            }
        }

        Console.WriteLine(
            $"{Coins(report.Coins.SupplyUnits)} HEC of {report.WhPerCoin} Wh in existence, "
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

    private static void Write(SupplyBooks supply) => Console.WriteLine(
        $"  supply: {supply.AuthorisedWh} Wh authorised, {supply.ReturnedWh} Wh returned, "
        + $"{supply.OpenWh} Wh open, {supply.DebtWh} Wh in debt; {supply.RedeemedWh} Wh redeemed, "
        + $"{supply.SettledWh} Wh burned, {supply.RefundedWh} Wh refunded");

    private static decimal Coins(UInt128 units) =>
        (decimal)units / CoinContract.UnitsPerCoin;

    private static void Write(string register, RegisterBooks books) => Console.WriteLine(
        $"  {register}: {books.ImpulsesMade} impulses made, {books.ImpulsesCounted} counted = "
        + $"{books.CountedWh} Wh; {books.SignedWh} Wh signed, {books.AcceptedWh} Wh accepted");
}
