using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Where a neighbourhood is, as a person reads it from its first lines, by the names that the
/// README gives to it.
/// </summary>
internal sealed class NeighbourhoodPlace : Dictionary<string, string>
{
    private const string Export = "export ";
    private const string Last = "BUYER";

    private NeighbourhoodPlace()
    {
    }

    /// <summary>Reads the lines that a shell takes.</summary>
    public static async Task<NeighbourhoodPlace> ReadAsync(VirtualBoardRun run)
    {
        var place = new NeighbourhoodPlace();
        while (await run.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Export, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var assigned in line[Export.Length..].Split(' '))
            {
                var (name, value) = (assigned.Split('=')[0], assigned.Split('=')[1]);
                place[name] = value;
            }

            if (place.ContainsKey(Last))
            {
                return place;
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

    /// <summary>
    /// Reads what the neighbourhood says until the ledger has a reading of the meter by which so
    /// much energy flowed.
    /// </summary>
    public async Task WaitForDeliveryAsync(VirtualBoardRun run, ulong wh)
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = new ChainNode(new Uri(this["ETH_RPC_URL"]), TimeSpan.FromSeconds(30));
        var ledger = new LedgerContract(node, Address.Parse(this["LEDGER"]));
        while ((await ledger.RegistersOfAsync(Address.Parse(this["METER"]), ct)).ImportWh < wh)
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
