using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Where a neighbourhood is, as a person reads it from its first lines, by the names that the
/// README gives to it.
/// </summary>
internal sealed class NeighbourhoodPlace : Dictionary<string, string>
{
    private NeighbourhoodPlace(string[] words)
    {
        string After(string word, int places = 1) => words[Array.IndexOf(words, word) + places];
        this["HELIOS_RPC_URL"] = After("Chain");
        this["LEDGER"] = After("ledger");
        this["HELIOS_ENERGY_MARKET"] = After("market");
        this["HELIOS_MARKET"] = After("market", 4);
        this["SELLER"] = After("producer's", 2);
        this["BUYER"] = After("buyer's", 2);
    }

    public static async Task<NeighbourhoodPlace> ReadAsync(VirtualBoardRun run)
    {
        while (await run.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Chain ", StringComparison.Ordinal))
            {
                return new NeighbourhoodPlace(
                [
                    .. line.Split(' ', ','),
                    .. (await run.ReadLineAsync())!.Split(' ', ','),
                    .. (await run.ReadLineAsync())!.Split(' ', ','),
                ]);
            }
        }

        throw new InvalidOperationException("The neighbourhood ended before it said where it is.");
    }

    /// <summary>Reads what the neighbourhood says until the seller has coins.</summary>
    public async Task WaitForCoinsAsync(VirtualBoardRun run, ulong coins)
    {
        while (await CoinsOfAsync(this["SELLER"]) < coins * (UInt128)CoinContract.UnitsPerCoin)
        {
            Assert.NotNull(await run.ReadLineAsync());
        }
    }

    /// <summary>What the owner of a key has, in units of 10^-18 coin.</summary>
    public async Task<UInt128> CoinsOfAsync(string key)
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = new ChainNode(new Uri(this["HELIOS_RPC_URL"]), TimeSpan.FromSeconds(30));
        var ledger = new LedgerContract(node, Address.Parse(this["LEDGER"]));
        var coin = new CoinContract(node, await ledger.CoinAsync(ct));
        return await coin.BalanceOfAsync(new SenderKey(Hex.Parse(key)).Address, ct);
    }
}
