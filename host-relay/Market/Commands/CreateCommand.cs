using System.Numerics;
using Helios.Chain;

namespace Helios.Trading;

/// <summary>Makes a market, or finds that somebody has.</summary>
internal static class CreateCommand
{
    private const ushort OneTick = 1;

    /// <param name="options">Where, and who pays for it.</param>
    /// <param name="token">An ERC-20's address; null: the chain's own coin.</param>
    /// <param name="lotWh">Energy of a lot, Wh.</param>
    /// <param name="tick">The price of one tick, in the token's unit per kWh.</param>
    /// <param name="output">What is said.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, string? token, uint lotWh, string tick, TextWriter output,
        CancellationToken ct)
    {
        if (lotWh == 0)
        {
            throw new BadInputException("A lot of 0 Wh is none: --lot-wh is 1 or more.");
        }

        using var session = await MarketSession.OpenContractAsync(options, ct);
        var address = await TokenOfAsync(session, token, ct);
        var market = await MarketOfAsync(session, address, lotWh, tick, ct);
        var isThere = await session.Contract.MarketOfAsync(market.Id, ct) is not null;
        if (!isThere)
        {
            await session.AccountOf(output).SendAsync(
                MarketCalls.CreateMarket(address, lotWh, market.UnitsPerTick), ct);
        }

        var steps = await session.StepsOfAsync(market, ct);
        output.WriteLine(
            $"The market {market.Id} {(isThere ? "was there already" : "is made")}: lots of "
            + $"{steps.KwhOf(1)} kWh, {steps.PriceOf(1)} to "
            + $"{steps.PriceOf(MarketFacts.TicksMax)} {steps.Symbol} per kWh.");
        return 0;
    }

    private static async Task<Address> TokenOfAsync(
        MarketSession session, string? token, CancellationToken ct)
    {
        if (token is null)
        {
            return default;
        }

        var address = AddressText.Parse(token, "token");
        return await session.Node.HasCodeAsync(address, ct) && address != session.Coin.Address
            ? address
            : throw new BadInputException(
                $"{address} is no token to pay with: name an ERC-20 other than HEC.");
    }

    private static async Task<MarketFacts> MarketOfAsync(
        MarketSession session, Address token, uint lotWh, string tick, CancellationToken ct)
    {
        // Units of the token for a kWh at one tick, were a lot 1000 Wh.
        var perKwh = await session.StepsOfAsync(new MarketFacts(default, token, 1000, 1), ct);
        if (!perKwh.TryToUnitsPerLot(tick, lotWh, out var units, out var isWhole)
            || units > ulong.MaxValue)
        {
            throw new BadInputException(
                $"'{tick}' is no price of a tick in {perKwh.Symbol} per kWh: write digits with a "
                    + "point.");
        }

        var below = new MarketFacts(default, token, lotWh, (ulong)units);
        if (isWhole)
        {
            return below with { Id = below.ToId() };
        }

        var nearest = (units.IsZero ? [BigInteger.One] : new[] { units, units + 1 })
            .Where(static one => one <= ulong.MaxValue)
            .Select(one => perKwh.With(below with { UnitsPerTick = (ulong)one }).PriceOf(OneTick));
        throw new BadInputException(
            $"A tick of {tick} {perKwh.Symbol} per kWh is no whole number of the token's smallest "
                + $"unit for a lot of {lotWh} Wh: the nearest is {string.Join(" or ", nearest)}.");
    }
}
