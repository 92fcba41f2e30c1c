using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// An energy market that people try by hand, with somebody who has ether to buy with. No house
/// trades there by itself.
/// </summary>
public sealed class TradingPlace
{
    private const uint AuctionPeriodS = 900;
    private const uint LotWh = 100;

    // A thousandth of the chain's own coin for a kilowatt-hour.
    private const ulong WeiPerTick = 100_000_000_000_000;

    private TradingPlace(Address energyMarket, MarketFacts market, HouseWallet visitor)
    {
        (EnergyMarket, Market, Visitor) = (energyMarket, market, visitor);
    }

    /// <summary>The contract.</summary>
    public Address EnergyMarket { get; }

    /// <summary>Its market in the chain's own coin.</summary>
    public MarketFacts Market { get; }

    /// <summary>Somebody without a meter.</summary>
    public HouseWallet Visitor { get; }

    /// <summary>Deploys it while the node makes a block for each transaction.</summary>
    /// <param name="chain">The local chain.</param>
    /// <param name="ledger">The ledger whose coin is traded.</param>
    /// <param name="deployer">An account that the node itself signs for.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TradingPlace> OpenAsync(
        ChainNode chain, Address ledger, Address deployer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var energyMarket = await ContractsDeployment.MarketAsync(
            chain.Url, deployer, ledger, AuctionPeriodS, cancellation);
        var visitor = new HouseWallet(chain);
        await Enroller.FundAsync(chain, visitor.Address, cancellation);
        var market = new MarketFacts(default, default, LotWh, WeiPerTick);
        var made = await visitor.Transactions.SendAsync(
            energyMarket,
            MarketCalls.CreateMarket(market.Token, market.LotWh, market.UnitsPerTick),
            cancellation);
        await visitor.Transactions.ConfirmedAsync(made, cancellation);
        return new TradingPlace(energyMarket, market with { Id = market.ToId() }, visitor);
    }
}
