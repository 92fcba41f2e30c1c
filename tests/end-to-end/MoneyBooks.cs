using System.Globalization;
using System.Text.Json;

namespace Helios.Tests.EndToEnd;

/// <summary>The money of a reconciliation, added up apart from the program.</summary>
internal static class MoneyBooks
{
    // What producers ask at the least, and consumers pay at the most.
    private const int LowestTicks = 80;
    private const int HighestTicks = 300;

    /// <summary>
    /// Paid = received, to the smallest unit, and what is paid is what moved at its price. Some
    /// have a standing order, the others trade by hand, and all have traded.
    /// </summary>
    public static void Check(JsonElement trade, JsonElement[] meters, int auctionsMin)
    {
        var paid = Sum(meters, "money", "paidUnits");
        Assert.Equal(paid, Sum(meters, "money", "receivedUnits"));
        var moved = trade.GetProperty("auctions").EnumerateArray()
            .Where(static auction => auction.GetProperty("lots").GetInt64() > 0)
            .ToArray();
        Assert.True(moved.Length >= auctionsMin);
        Assert.All(moved, static auction => Assert.InRange(
            auction.GetProperty("priceTicks").GetInt32(), LowestTicks, HighestTicks));
        Assert.Equal(paid, moved.Aggregate(UInt128.Zero, (sum, auction) => sum
            + (auction.GetProperty("lots").GetUInt64()
                * (UInt128)auction.GetProperty("priceTicks").GetUInt64()
                * trade.GetProperty("unitsPerTick").GetUInt64())));
        Assert.All(meters, static meter => CheckOwner(meter.GetProperty("money")));
        Assert.Equal(
            Units(trade, "issuedUnits"),
            Sum(meters, "money", "balanceUnits")
                + Units(trade.GetProperty("money"), "balanceUnits"));
        Assert.Equal(
            Units(trade.GetProperty("money"), "balanceUnits"),
            Sum(meters, "money", "creditedUnits") + Sum(meters, "money", "escrowedUnits"));
    }

    /// <summary>What all meters' owners have of something.</summary>
    public static UInt128 Sum(JsonElement[] meters, string book, string name) =>
        meters.Aggregate(
            UInt128.Zero, (sum, meter) => sum + Units(meter.GetProperty(book), name));

    /// <summary>An amount in smallest units, which JSON has as text.</summary>
    public static UInt128 Units(JsonElement of, string name) => UInt128.Parse(
        of.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static void CheckOwner(JsonElement money)
    {
        Assert.True(Units(money, "paidUnits") + Units(money, "receivedUnits") > 0);
        Assert.Equal(
            Units(money, "issuedUnits") + Units(money, "receivedUnits"),
            Units(money, "balanceUnits") + Units(money, "creditedUnits")
                + Units(money, "escrowedUnits") + Units(money, "paidUnits"));
    }
}
