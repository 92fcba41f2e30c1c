using System.Numerics;
using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// Lots and ticks of a market as people say them: kWh, and the token's unit per kWh. What is
/// printed can be typed; what is no whole lot or tick is refused, and nothing is rounded.
/// </summary>
internal sealed class MarketSteps
{
    private const int WhPlaces = 3;
    private const int KwhPlaces = 9;

    // A lot of many kWh can cost less than a smallest unit of the token for each of them.
    private const int PlacesBeyondToken = 9;
    private const int CoinPlaces = 18;

    private readonly MarketFacts _market;
    private readonly int _moneyPlaces;
    private readonly ulong _whPerCoin;

    /// <param name="market">Its lots and ticks.</param>
    /// <param name="moneyPlaces">Decimal places of one whole token.</param>
    /// <param name="symbol">How the token calls itself.</param>
    /// <param name="whPerCoin">Watt-hours that one coin stands for; divides 10^18.</param>
    public MarketSteps(MarketFacts market, int moneyPlaces, string symbol, ulong whPerCoin)
    {
        (_market, _moneyPlaces, _whPerCoin) = (market, moneyPlaces, whPerCoin);
        Symbol = symbol;
    }

    /// <summary>How the token calls itself.</summary>
    public string Symbol { get; }

    private int PricePlaces => _moneyPlaces + PlacesBeyondToken;

    /// <summary>Energy of lots, kWh.</summary>
    public string KwhOf(ulong lots) => KwhOfWh((UInt128)lots * _market.LotWh);

    /// <summary>Energy in kWh.</summary>
    public static string KwhOfWh(UInt128 wh) => FixedPoint.Of(wh, WhPlaces);

    /// <summary>Energy of coins, kWh.</summary>
    /// <param name="units">Of 10^-18 coin.</param>
    public string KwhOfCoins(UInt128 units) =>
        FixedPoint.Of((BigInteger)units * _whPerCoin, CoinPlaces + WhPlaces);

    /// <summary>Coins of lots, in units of 10^-18 coin.</summary>
    public UInt128 CoinsOf(ulong lots) =>
        (UInt128)lots * _market.LotWh * (CoinContract.UnitsPerCoin / _whPerCoin);

    /// <summary>A price, in the token's unit per kWh.</summary>
    public string PriceOf(ushort ticks) => FixedPoint.Of(PerKwh(ticks), PricePlaces);

    /// <summary>An amount of the token, in its unit.</summary>
    public string MoneyOf(UInt128 units) => FixedPoint.Of(units, _moneyPlaces);

    /// <summary>What lots cost, in the token's unit.</summary>
    public string MoneyOf(ulong lots, ushort ticks) => MoneyOf(_market.MoneyOf(lots, ticks));

    /// <summary>An amount of the token that somebody typed.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public UInt128 ToMoney(string text) =>
        FixedPoint.TryParse(text, _moneyPlaces, out var units) && units <= UInt128.MaxValue
            ? (UInt128)units
            : throw new BadInputException(
                $"'{text}' is no amount of {Symbol}: write digits with at most {_moneyPlaces} "
                    + "behind a point.");

    /// <summary>Watt-hours of a quantity in kWh that somebody typed.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static ulong ToWh(string text) =>
        FixedPoint.TryParse(text, WhPlaces, out var wh) && wh <= MarketFacts.LotsMax
            ? (ulong)wh
            : throw new BadInputException(
                $"'{text}' is no quantity in kWh: write digits with at most {WhPlaces} behind a "
                    + "point, like 1.5.");

    /// <summary>The same of one in which there is at least a lot.</summary>
    /// <exception cref="BadInputException">There is not.</exception>
    public ulong ToWhOfLots(string text)
    {
        var wh = ToWh(text);
        return wh >= _market.LotWh
            ? wh
            : throw new BadInputException(
                $"{text} kWh is less than a lot of {KwhOf(1)} kWh, and nothing would be bought: "
                    + "give more.");
    }

    /// <summary>Lots of a quantity in kWh that somebody typed.</summary>
    /// <exception cref="BadInputException">It is none, or no whole lot.</exception>
    public ulong ToLots(string text)
    {
        if (!FixedPoint.TryParse(text, KwhPlaces, out var quantity))
        {
            throw new BadInputException(
                $"'{text}' is no quantity in kWh: write digits with a point, like {KwhOf(1)}.");
        }

        var lot = BigInteger.Pow(10, KwhPlaces - WhPlaces) * _market.LotWh;
        var below = BigInteger.DivRem(quantity, lot, out var rest);
        return rest.IsZero && !below.IsZero && below <= MarketFacts.LotsMax
            ? (ulong)below
            : throw new BadInputException(
                $"{text} kWh is " + Nearest(
                    below,
                    MarketFacts.LotsMax,
                    one => $"{KwhOf(one)} kWh",
                    ("lot", "quantity")));
    }

    /// <summary>Ticks of a price per kWh that somebody typed.</summary>
    /// <exception cref="BadInputException">It is none, or no whole tick.</exception>
    public ushort ToTicks(string text)
    {
        if (!FixedPoint.TryParse(text, PricePlaces, out var price))
        {
            throw new BadInputException(
                $"'{text}' is no price in {Symbol} per kWh: write digits with a point, like "
                    + $"{PriceOf(1)}.");
        }

        // The highest tick that is not above the price, found by halving: a price may be cut.
        var (below, above) = (0, MarketFacts.TicksMax + 1);
        while (above - below > 1)
        {
            var middle = (below + above) / 2;
            (below, above) = PerKwh(middle) <= price ? (middle, above) : (below, middle);
        }

        return below > 0 && PerKwh(below) == price
            ? (ushort)below
            : throw new BadInputException(
                $"{text} {Symbol} per kWh is " + Nearest(
                    below,
                    MarketFacts.TicksMax,
                    one => $"{PriceOf((ushort)one)} {Symbol} per kWh",
                    ("tick", "price")));
    }

    /// <summary>
    /// Reads the price of a tick of a market to be made: units of the token for a lot, rounded
    /// down.
    /// </summary>
    /// <param name="text">The token's unit per kWh.</param>
    /// <param name="lotWh">Energy of a lot, Wh.</param>
    /// <param name="units">Smallest units of the token that a lot costs.</param>
    /// <param name="isWhole">Whether nothing was rounded, and the price is not zero.</param>
    public bool TryToUnitsPerLot(
        string text, uint lotWh, out BigInteger units, out bool isWhole)
    {
        var isPrice = FixedPoint.TryParse(text, PricePlaces, out var price);
        units = BigInteger.DivRem(
            price * lotWh, 1000 * BigInteger.Pow(10, PlacesBeyondToken), out var rest);
        isWhole = rest.IsZero && !units.IsZero;
        return isPrice;
    }

    /// <summary>The same token in another market.</summary>
    public MarketSteps With(MarketFacts market) =>
        new(market, _moneyPlaces, Symbol, _whPerCoin);

    private static string Nearest(
        BigInteger below, ulong most, Func<ulong, string> say, (string Step, string Whole) of)
    {
        if (below.IsZero)
        {
            return $"too little: the lowest {of.Whole} is {say(1)}.";
        }

        return below >= most
            ? $"too much: the highest {of.Whole} is {say(most)}."
            : $"no whole number of {of.Step}s of {say(1)}: the nearest are {say((ulong)below)} and "
                + $"{say((ulong)below + 1)}.";
    }

    // Cut where no decimal is exact: a lot of 300 Wh.
    private BigInteger PerKwh(int ticks) =>
        (BigInteger)_market.UnitsPerTick * ticks * 1000 * BigInteger.Pow(10, PlacesBeyondToken)
            / _market.LotWh;
}
