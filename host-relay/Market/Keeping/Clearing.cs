using Helios.Chain;

namespace Helios.Trading;

/// <summary>How auctions are cleared, whoever does it.</summary>
internal static class Clearing
{
    /// <summary>Levels of one transaction: 2,048 are all of an auction.</summary>
    public const ulong LevelsPerStep = 1_024;

    /// <summary>
    /// Gas of one: each level takes up to 6,000 (contracts/README.md, "Gas"), the rest is for the
    /// transaction and its result. Known, since a node that looks for it walks many times.
    /// </summary>
    public const ulong GasPerStep = (LevelsPerStep * 6_000) + 200_000;

    /// <summary>Steps that clear any auction.</summary>
    public const int StepsMax = 2 * MarketFacts.TicksMax / (int)LevelsPerStep;

    /// <summary>What an auction came to, for people.</summary>
    public static string ResultOf(MarketSession session, Auction auction)
    {
        var steps = session.Steps;
        return auction.PriceTicks == 0
            ? "nothing moved"
            : $"{steps.KwhOf(auction.Lots)} kWh moved at {steps.PriceOf(auction.PriceTicks)} "
                + $"{steps.Symbol} per kWh, for "
                + $"{steps.MoneyOf(auction.Lots, auction.PriceTicks)} {steps.Symbol} in all";
    }
}
