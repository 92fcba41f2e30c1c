using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Bench;

/// <summary>A local chain with a ledger, enrolled meters, and relays' senders with money.</summary>
internal sealed class BenchChain : IAsyncDisposable
{
    /// <summary>Of each meter.</summary>
    public const uint MaxPowerW = 40_000;

    /// <summary>Watt-hours that one coin stands for.</summary>
    public const uint WhPerCoin = 100;

    private const int EnrolledAtOnce = 100;

    private readonly LocalNode _process;
    private readonly Enroller _enroller;

    private BenchChain(LocalNode process, ChainNode node, Enroller enroller, Address ledger)
    {
        _process = process;
        _enroller = enroller;
        Node = node;
        Ledger = ledger;
    }

    /// <summary>The node.</summary>
    public ChainNode Node { get; }

    /// <summary>The ledger.</summary>
    public Address Ledger { get; }

    /// <summary>Starts anvil, which makes a block for each transaction, and deploys.</summary>
    public static async Task<BenchChain> StartAsync(CancellationToken ct)
    {
        var process = await LocalNode.StartAsync(DateTimeOffset.UtcNow, ct);
        var node = new ChainNode(process.Rpc, TimeSpan.FromSeconds(30));
        var enroller = new Enroller(node);
        await Enroller.FundAsync(node, enroller.Address, ct);
        var accounts = await node.InvokeAsync("eth_accounts", ct);
        var ledger = await ContractsDeployment.LedgerAsync(
            process.Rpc,
            Address.Parse(accounts[0].GetString()!),
            enroller.Address,
            new DeploymentTerms(WhPerCoin, MaxPowerW, (ulong)MaxPowerW * 1_000_000),
            ct);
        return new BenchChain(process, node, enroller, ledger);
    }

    /// <summary>New meters of one owner each.</summary>
    public async Task<BenchMeter[]> MetersAsync(int count, CancellationToken ct)
    {
        var meters = new BenchMeter[count];
        Parallel.For(0, count, i => meters[i] = new BenchMeter(LocalNode.ChainId, Ledger));
        foreach (var some in meters.Chunk(EnrolledAtOnce))
        {
            await Task.WhenAll(some.Select(meter =>
            {
                var (enrolment, signature) = meter.Enrolment(meter.Address, MaxPowerW);
                return _enroller.EnrolAsync(Ledger, enrolment, signature, ct);
            }));
        }

        return meters;
    }

    /// <summary>A key with money, for one relay.</summary>
    public async Task<byte[]> SenderAsync(CancellationToken ct)
    {
        var secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        await Enroller.FundAsync(Node, new SenderKey(secret).Address, ct);
        return secret;
    }

    /// <summary>Whole coins in existence.</summary>
    public async Task<ulong> CoinsAsync(CancellationToken ct)
    {
        var coin = new CoinContract(
            Node, await new LedgerContract(Node, Ledger).CoinAsync(ct));
        return (ulong)(await coin.TotalSupplyAsync(ct) / CoinContract.UnitsPerCoin);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Node.Dispose();
        await _process.DisposeAsync();
    }
}
