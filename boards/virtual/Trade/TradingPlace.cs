using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// The energy market of a neighbourhood, and the money that is paid with there: a token of
/// development chains.
/// </summary>
public sealed class TradingPlace
{
    /// <summary>Limits of who sells, ticks: houses differ by a few steps.</summary>
    private const ushort LowestAskTicks = 80;
    private const ushort AskStepTicks = 10;
    private const int AskSteps = 5;

    private const uint LotWh = 100;

    // A thousandth for a kilowatt-hour; a price is at most 1.024.
    private const ulong UnitsPerTick = PlayEuro.Units / 1000 * LotWh / 1000;

    private TradingPlace(Address energyMarket, MarketFacts market, HouseWallet founder)
    {
        (EnergyMarket, Market, Founder) = (energyMarket, market, founder);
    }

    /// <summary>The contract.</summary>
    public Address EnergyMarket { get; }

    /// <summary>Its market in that money.</summary>
    public MarketFacts Market { get; }

    /// <summary>
    /// Somebody without a meter, who made the market: he has money to buy with by hand, unless a
    /// run ends by itself.
    /// </summary>
    public HouseWallet Founder { get; }

    /// <summary>What was traded in its auctions so far.</summary>
    public Traded Traded { get; private set; } = new(0, 0);

    /// <summary>Adds what an auction came to.</summary>
    public void Add(Auction auction)
    {
        ArgumentNullException.ThrowIfNull(auction);
        Traded = new Traded(
            Traded.EnergyWh + (auction.Lots * Market.LotWh),
            Traded.MoneyUnits + Market.MoneyOf(auction.Lots, auction.PriceTicks));
    }

    /// <summary>What a house asks for a kilowatt-hour at the least, in ticks.</summary>
    /// <param name="house">Its number.</param>
    public static ushort AskTicksOf(int house) =>
        (ushort)(LowestAskTicks + (AskStepTicks * (house % AskSteps)));

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
            chain.Url, deployer, ledger, Simulation.QuarterSeconds, cancellation);
        var token = await ContractsDeployment.PlayEuroAsync(chain.Url, deployer, cancellation);
        var founder = new HouseWallet(chain);
        await Enroller.FundAsync(chain, founder.Address, cancellation);
        var market = new MarketFacts(default, token, LotWh, UnitsPerTick);
        await founder.DoAsync(
            energyMarket, MarketCalls.CreateMarket(token, LotWh, UnitsPerTick), cancellation);
        return new TradingPlace(energyMarket, market with { Id = market.ToId() }, founder);
    }

    /// <summary>Gives somebody money to begin with.</summary>
    public async Task IssueAsync(HouseWallet to, UInt128 units, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(to);
        await Founder.DoAsync(Market.Token, PlayEuro.Issue(to.Address, units), cancellation);
        to.IssuedUnits += units;
    }
}
