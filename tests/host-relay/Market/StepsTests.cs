using CsCheck;
using Helios.Chain;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>Lots and ticks as people say them.</summary>
public class StepsTests
{
    private static readonly MarketSteps Euros = StepsOf(100, 10_000, 6);

    [Fact]
    public void What_is_printed_can_be_typed_in_any_market()
    {
        Gen.Select(Gen.UInt[1, 100_000], Gen.ULong[1, ulong.MaxValue], Gen.Int[0, 36])
            .Select(Gen.UShort[1, MarketFacts.TicksMax], Gen.ULong[1, MarketFacts.LotsMax])
            .Sample(static (market, ticks, lots) =>
            {
                var steps = StepsOf(market.Item1, market.Item2, market.Item3);
                Assert.Equal(lots, steps.ToLots(steps.KwhOf(lots)));

                // Ticks that are finer than what is printed share a price.
                var price = steps.PriceOf(ticks);
                var next = steps.PriceOf((ushort)(ticks + 1));
                if (price is not "0" && !string.Equals(next, price, StringComparison.Ordinal))
                {
                    Assert.Equal(ticks, steps.ToTicks(price));
                }
            });
    }

    [Theory]
    [InlineData("0.25", 2)]
    [InlineData("0.1", 1)]
    [InlineData("102.4", 1024)]
    [InlineData("0.2", 2)]
    public void A_price_of_whole_ticks_is_taken(string text, int ticks)
    {
        var steps = StepsOf(100, text is "0.25" ? 12_500UL : 10_000, 6);
        Assert.Equal((ushort)ticks, steps.ToTicks(text));
    }

    [Theory]
    [InlineData("0.25", "the nearest are 0.2 EUR per kWh and 0.3 EUR per kWh.")]
    [InlineData("0.2000000001", "the nearest are 0.2 EUR per kWh and 0.3 EUR per kWh.")]
    [InlineData("0", "0 EUR per kWh is too little: the lowest price is 0.1 EUR per kWh.")]
    [InlineData("0.09", "the lowest price is 0.1 EUR per kWh.")]
    [InlineData("102.5", "102.5 EUR per kWh is too much: the highest price is 102.4 EUR per kWh.")]
    [InlineData("99999999999999999999999", "the highest price is 102.4 EUR per kWh.")]
    [InlineData("-1", "'-1' is no price in EUR per kWh: write digits with a point, like 0.1.")]
    [InlineData("1e3", "'1e3' is no price in EUR per kWh")]
    [InlineData("1,5", "'1,5' is no price in EUR per kWh")]
    [InlineData("", "'' is no price in EUR per kWh")]
    [InlineData(".5", "'.5' is no price in EUR per kWh")]
    public void Any_other_price_is_refused_and_the_nearest_are_named(string text, string expected)
    {
        var refused = Assert.Throws<BadInputException>(() => Euros.ToTicks(text));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.25", "1.25 kWh is no whole number of lots of 0.1 kWh: the nearest are 1.2 kWh "
        + "and 1.3 kWh.")]
    [InlineData("0", "0 kWh is too little: the lowest quantity is 0.1 kWh.")]
    [InlineData("0.05", "the lowest quantity is 0.1 kWh.")]
    [InlineData("99999999999999999", "the highest quantity is 28147497671065.5 kWh.")]
    [InlineData("1.0000000001", "'1.0000000001' is no quantity in kWh")]
    [InlineData("one", "'one' is no quantity in kWh: write digits with a point, like 0.1.")]
    public void A_quantity_that_is_no_whole_lot_is_refused(string text, string expected)
    {
        var refused = Assert.Throws<BadInputException>(() => Euros.ToLots(text));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_and_coins_are_exact_up_to_the_largest_order()
    {
        var steps = StepsOf(1, ulong.MaxValue, 18);
        // (2^48 - 1) x 1024 x (2^64 - 1), by Python.
        Assert.Equal(
            "5316911983139644601.8610663863888128",
            steps.MoneyOf(MarketFacts.LotsMax, 1024));
        Assert.Equal("0.001", steps.KwhOfCoins(steps.CoinsOf(1)));
    }

    private static MarketSteps StepsOf(uint lotWh, ulong unitsPerTick, int places) => new(
        new MarketFacts(default, default, lotWh, unitsPerTick), places, "EUR", 1000);
}
