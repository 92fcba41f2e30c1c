using System.Globalization;
using System.Text.Json;

namespace Helios.Tests.EndToEnd;

public sealed class ConsumersTests
{
    private const int Producers = 6;
    private const int Consumers = 2;
    private const int Days = 1;
    private const string FirstDay = "2011-07-10";
    private const int WhPerCoin = 1000;

    [Fact]
    public async Task Coins_of_a_measured_household_become_energy_again_to_the_watt_hour()
    {
        var path = Shared.File("data", "house", "ausgrid_customer12_2011-2012.csv");

        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(
            "--house", path, "--columns", "GC,GG", "--from", FirstDay, "--days", $"{Days}",
            "--meters", $"{Producers}", "--consumers", $"{Consumers}", "--once", "--json");

        Assert.Equal(("", 0), (errors, exitCode));
        using var json = JsonDocument.Parse(output);
        var books = json.RootElement;
        Assert.True(books.GetProperty("reconciled").GetBoolean());
        Assert.Equal(0, books.GetProperty("transactionsRefused").GetInt32());
        var meters = books.GetProperty("meters").EnumerateArray().ToArray();
        var file = File.ReadAllLines(path);
        Assert.All(meters[..Producers], meter => CheckProducer(meter, WhOf(file, 2, 0)));

        // At 13:00 of the first day everybody has coins, and from then on there is enough for all.
        Assert.All(meters[Producers..], meter => CheckConsumer(
            meter, leastWh: WhOf(file, 1, fromHour: 13), mostWh: WhOf(file, 1, fromHour: 0)));
        Assert.Equal(Consumers, meters.Length - Producers);
        var trade = books.GetProperty("trade");
        CheckCoins(books.GetProperty("coins"), trade, meters);
        MoneyBooks.Check(trade, meters, auctionsMin: 2);
    }

    private static void CheckProducer(JsonElement meter, long wh)
    {
        var coins = wh / WhPerCoin;
        Assert.Equal(wh, Number(meter, "export", "impulsesCounted"));
        Assert.Equal(0, Number(meter, "import", "impulsesCounted"));
        Assert.Equal(coins * WhPerCoin, Number(meter, "export", "acceptedWh"));
        Assert.Equal(coins, meter.GetProperty("coinsMinted").GetInt64());
        Assert.InRange(Number(meter, "wallet", "soldWh"), WhPerCoin, coins * WhPerCoin);
    }

    private static void CheckConsumer(JsonElement meter, long leastWh, long mostWh)
    {
        var deliveredWh = Number(meter, "import", "countedWh");
        Assert.InRange(deliveredWh, leastWh, mostWh);
        Assert.Equal(deliveredWh, Number(meter, "import", "acceptedWh"));
        Assert.Equal(0, Number(meter, "export", "impulsesCounted"));

        long Supply(string name) => Number(meter, "supply", name);
        Assert.Equal(
            deliveredWh + Supply("returnedWh") + Supply("openWh"),
            Supply("authorisedWh") + Supply("debtWh"));
        Assert.Equal(
            Supply("settledWh") + Supply("refundedWh") + Supply("openWh"), Supply("redeemedWh"));
        Assert.Equal(deliveredWh, Supply("settledWh") + Supply("debtWh"));

        // Some held the button, the others signed a request: nothing stayed open.
        Assert.True(Supply("returnedWh") > 0);
        Assert.Equal((Supply("returnedWh"), 0), (Supply("refundedWh"), Supply("openWh")));
    }

    private static void CheckCoins(JsonElement coins, JsonElement trade, JsonElement[] meters)
    {
        const ulong UnitsPerWh = 1_000_000_000_000_000;
        var minted = (ulong)meters.Sum(meter => meter.GetProperty("coinsMinted").GetInt64());
        var burned = meters[Producers..].Sum(meter => Number(meter, "supply", "settledWh"));
        var supply = MoneyBooks.Units(coins, "supplyUnits");
        var held = MoneyBooks.Sum(meters, "wallet", "balanceUnits");
        var ofMarket = MoneyBooks.Units(trade.GetProperty("coins"), "balanceUnits");

        Assert.Equal((UInt128)(ulong)burned * UnitsPerWh, MoneyBooks.Units(coins, "burnedUnits"));
        Assert.Equal(
            minted * WhPerCoin * (UInt128)UnitsPerWh,
            supply + MoneyBooks.Units(coins, "burnedUnits"));
        Assert.Equal(supply, held + MoneyBooks.Units(coins, "escrowedUnits") + ofMarket);
        Assert.Equal(
            ofMarket,
            MoneyBooks.Sum(meters, "wallet", "creditedUnits")
                + MoneyBooks.Sum(meters, "wallet", "escrowedUnits"));
        Assert.Equal(
            meters.Sum(meter => Number(meter, "wallet", "soldWh")),
            meters.Sum(meter => Number(meter, "wallet", "boughtWh")));
    }

    private static long Number(JsonElement meter, string book, string name) =>
        meter.GetProperty(book).GetProperty(name).GetInt64();

    // Apart from the program: mean kilowatts of half an hour are half as many kilowatt-hours. At
    // 1000 imp/kWh an impulse is a watt-hour.
    private static long WhOf(string[] file, int column, int fromHour)
    {
        var from = DateTime.Parse(FirstDay, CultureInfo.InvariantCulture);
        return (long)(1000 * file.Skip(1)
            .Select(line => line.Split(','))
            .Select(row => (
                At: DateTime.Parse(row[0], CultureInfo.InvariantCulture),
                Kilowatts: decimal.Parse(row[column], CultureInfo.InvariantCulture)))
            .Where(row => row.At >= from.AddHours(fromHour) && row.At < from.AddDays(Days))
            .Sum(row => decimal.Round(row.Kilowatts, 6) / 2));
    }
}
