using System.Globalization;
using System.Text.Json;

namespace Helios.Tests.EndToEnd;

/// <summary>Four hours of a street in which everybody trades.</summary>
public sealed class TradingTests
{
    private const int Producers = 3;
    private const int Consumers = 2;
    private const long CoinWh = 100;

    // Half-hours of kilowatts.
    private static readonly decimal[] TakenIn = [0.6m, 0.7m, 0.8m, 0.6m, 0.7m, 0.8m, 0.6m, 0.7m];
    private static readonly decimal[] FedOut = [4, 6, 8, 9, 8, 3, 0.2m, 0];

    [Fact]
    public async Task What_is_earned_is_sold_bought_and_redeemed_and_paid_is_received()
    {
        var path = Path.Combine(Path.GetTempPath(), $"helios-{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(
            path, Series(), TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(
            "--house", path, "--columns", "IN,OUT", "--meters", $"{Producers}",
            "--consumers", $"{Consumers}", "--wh-per-coin", $"{CoinWh}", "--once", "--json");
        File.Delete(path);

        Assert.Equal(("", 0), (errors, exitCode));
        using var json = JsonDocument.Parse(output);
        var books = json.RootElement;
        Assert.True(books.GetProperty("reconciled").GetBoolean());
        Assert.Equal(0, books.GetProperty("transactionsRefused").GetInt32());
        var meters = books.GetProperty("meters").EnumerateArray().ToArray();
        MoneyBooks.Check(books.GetProperty("trade"), meters, auctionsMin: 5);

        var earnedWh = (long)(1000 * FedOut.Sum() / 2);
        Assert.All(meters[..Producers], meter => Assert.Equal(
            earnedWh / CoinWh, meter.GetProperty("coinsMinted").GetInt64()));
        var (byHand, byStandingOrder) = (meters[Producers], meters[Producers + 1]);

        // The one redeems by plain transfers and keeps the rest; for the other all is redeemed.
        Assert.True(Wallet(byHand, "boughtWh") > Wallet(byHand, "redeemedWh"));
        Assert.Equal(Wallet(byStandingOrder, "boughtWh"), Wallet(byStandingOrder, "redeemedWh"));
        Assert.All(meters[Producers..], meter =>
        {
            Assert.True(Wallet(meter, "redeemedWh") > 0);
            Assert.True(meter.GetProperty("supply").GetProperty("settledWh").GetInt64() > 1_000);
        });
    }

    private static long Wallet(JsonElement meter, string name) =>
        meter.GetProperty("wallet").GetProperty(name).GetInt64();

    private static IEnumerable<string> Series() =>
    [
        "time,IN,OUT",
        .. FedOut.Select((kilowatts, half) => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2025, 7, 10, 9, 0, 0).AddMinutes(30 * half):yyyy-MM-dd HH:mm},"
                + $"{TakenIn[half]},{kilowatts}")),
    ];
}
