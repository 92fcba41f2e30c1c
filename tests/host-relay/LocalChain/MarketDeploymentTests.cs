using Helios.Chain;
using Helios.LocalChain;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.LocalChain;

/// <summary>The market's own script on a node, as a local chain deploys it.</summary>
public sealed class MarketDeploymentTests
{
    private static readonly DeploymentTerms Terms = new(1000, 50_000, 1_000_000);

    [Fact]
    public async Task Deploys_a_market_over_a_ledger_and_says_what_is_wrong_with_any_other()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var anvil = await Anvil.StartAsync();
        var deployer = Anvil.Rich.Address;
        var ledger = await ContractsDeployment.LedgerAsync(
            anvil.Url, deployer, deployer, Terms, ct);

        var market = await ContractsDeployment.MarketAsync(anvil.Url, deployer, ledger, 900, ct);

        var coin = await new LedgerContract(anvil.Node, ledger).CoinAsync(ct);
        var coinOfMarket = await anvil.Node.CallAsync(market, Question("coin()"), ct);
        var periodS = await anvil.Node.CallAsync(market, Question("periodS()"), ct);
        Assert.Equal(coin, new AbiReader(coinOfMarket).Address());
        Assert.Equal(900u, new AbiReader(periodS).UInt64());

        var refused = await Assert.ThrowsAsync<BadInputException>(() =>
            ContractsDeployment.MarketAsync(anvil.Url, deployer, coin, 900, ct));
        Assert.Contains("is no ReadingLedger", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Question(string signature) => new AbiWriter(signature).ToArray();
}
