using Helios.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Trading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Helios.Tests.HostRelay.Market;

/// <summary>
/// A chain with an energy market of 900 s a period, one market in the chain's own coin (lots of 100
/// Wh, ticks of 0.001 per kWh), and traders.
/// </summary>
internal sealed class MarketBench : IAsyncDisposable
{
    public const uint PeriodS = 900;
    public const uint LotWh = 100;
    public const ulong UnitsPerTick = 100_000_000_000_000;

    private MarketBench(Deployment deployment, Address energyMarket)
    {
        Deployment = deployment;
        EnergyMarket = energyMarket;
        Contract = new EnergyMarketContract(deployment.Node, energyMarket);
        Coin = default;
    }

    public Deployment Deployment { get; }

    public Address EnergyMarket { get; }

    public EnergyMarketContract Contract { get; }

    public Address Coin { get; private set; }

    /// <summary>The market in the chain's own coin.</summary>
    public MarketFacts Market { get; private set; } = null!;

    public static async Task<MarketBench> StartAsync(params string[] mining)
    {
        var ct = TestContext.Current.CancellationToken;
        var deployment = await Deployment.StartAsync(mining);
        var energyMarket = await deployment.DeployAsync(
            "EnergyMarket",
            new AbiWriter("constructor()").Word(deployment.Ledger.Address).Word(PeriodS));
        var bench = new MarketBench(deployment, energyMarket)
        {
            Coin = await deployment.Ledger.CoinAsync(ct),
        };
        bench.Market = await bench.MakeMarketAsync(default);

        // At the beginning of a period, so that no test crosses its end unasked.
        await bench.NextPeriodAsync();
        return bench;
    }

    /// <summary>Makes a market with the bench's lots and ticks.</summary>
    public async Task<MarketFacts> MakeMarketAsync(Address token)
    {
        await Deployment.SendAsync(
            EnergyMarket, MarketCalls.CreateMarket(token, LotWh, UnitsPerTick));
        var facts = new MarketFacts(default, token, LotWh, UnitsPerTick);
        return facts with { Id = facts.ToId() };
    }

    public Task<Trader> MoveInAsync() => Trader.MoveInAsync(Deployment);

    /// <summary>
    /// An ERC-20 of which a trader has 500: the coin of another ledger, which is money here.
    /// </summary>
    public async Task<Address> TokenForAsync(Trader trader)
    {
        var ct = TestContext.Current.CancellationToken;
        var ledger = new LedgerContract(Deployment.Node, await Deployment.RedeployAsync());
        var meter = new TestMeter(Deployment.ChainId, ledger.Address) { Owner = trader.Address };
        await Deployment.EnrolAsync(meter, ledger.Address);
        await Deployment.MineAsync(36_000);
        await Deployment.SendAsync(ledger.Address, LedgerCalls.Record(meter.Sign(1, 50_000)));
        return await ledger.CoinAsync(ct);
    }

    /// <summary>Makes the first block of the next period.</summary>
    public async Task NextPeriodAsync()
    {
        var now = (await Deployment.Node.LatestBlockAsync(
            TestContext.Current.CancellationToken)).Timestamp;
        await Deployment.MineAsync(PeriodS - (now % PeriodS));
    }

    public async Task<uint> PeriodAsync() => (uint)((await Deployment.Node.LatestBlockAsync(
        TestContext.Current.CancellationToken)).Timestamp / PeriodS);

    public MarketOptions Options(Trader? trader = null, ILoggerFactory? log = null) => new()
    {
        RpcUrl = Deployment.RpcUrl,
        ChainId = Deployment.ChainId,
        EnergyMarket = EnergyMarket,
        Market = Market.Id,
        Key = trader?.Key,
        Log = log ?? NullLoggerFactory.Instance,
        PollInterval = TimeSpan.FromMilliseconds(20),
    };

    /// <summary>Variables that the program needs; without a trader it only looks.</summary>
    public Dictionary<string, string> Variables(Trader? trader)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HELIOS_RPC_URL"] = Deployment.RpcUrl.ToString(),
            ["HELIOS_CHAIN_ID"] = $"{Deployment.ChainId}",
            ["HELIOS_ENERGY_MARKET"] = EnergyMarket.ToString(),
            ["HELIOS_MARKET"] = Market.Id.ToString(),
            ["HELIOS_POLL_MS"] = "20",
        };
        if (trader is not null)
        {
            variables["HELIOS_ACCOUNT_KEY"] = trader.Secret;
        }

        return variables;
    }

    /// <summary>Runs a command of the market that succeeds, and returns what it printed.</summary>
    public async Task<string> RunAsync(Trader? trader, params string[] arguments)
    {
        var (exitCode, output, error) = await Program.HostRelay.RunAsync(
            Variables(trader), ["market", .. arguments]);
        Assert.Equal((0, ""), (exitCode, error));
        return output;
    }

    /// <summary>Runs one that is refused, and returns its one sentence.</summary>
    public async Task<string> RefusedAsync(Trader? trader, params string[] arguments)
    {
        var (exitCode, _, error) = await Program.HostRelay.RunAsync(
            Variables(trader), ["market", .. arguments]);
        Assert.Equal(2, exitCode);
        Assert.Single(error.Trim().Split('\n'));
        Assert.EndsWith(".", error.Trim(), StringComparison.Ordinal);
        return error.Trim();
    }

    public Task<UInt128> CoinsOfAsync(Address account) =>
        new TokenContract(Deployment.Node, Coin).BalanceOfAsync(
            account, TestContext.Current.CancellationToken);

    public string PathOf(string name) => Deployment.DatabasePath(name);

    public ValueTask DisposeAsync() => Deployment.DisposeAsync();
}
