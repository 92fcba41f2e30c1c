using System.Text.Json;

namespace Helios.Tests.EndToEnd;

/// <summary>Four hours of a street in which everybody trades.</summary>
public sealed class TradingTests
{
    private const int Producers = 3;
    private const int Consumers = 2;
    private const long CoinWh = 100;

    [Fact]
    public async Task What_is_earned_is_sold_bought_and_redeemed_and_paid_is_received()
    {
        using var hours = new SunnyHours();

        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(
        [
            .. hours.Arguments, "--meters", $"{Producers}", "--consumers", $"{Consumers}",
            "--wh-per-coin", $"{CoinWh}", "--once", "--json",
        ]);

        Assert.Equal(("", 0), (errors, exitCode));
        using var json = JsonDocument.Parse(output);
        var books = json.RootElement;
        Assert.True(books.GetProperty("reconciled").GetBoolean());
        Assert.Equal(0, books.GetProperty("transactionsRefused").GetInt32());
        var meters = books.GetProperty("meters").EnumerateArray().ToArray();
        MoneyBooks.Check(books.GetProperty("trade"), meters, auctionsMin: 5);

        Assert.All(meters[..Producers], meter => Assert.Equal(
            SunnyHours.EarnedWh / CoinWh, meter.GetProperty("coinsMinted").GetInt64()));
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
}
