using System.Security.Cryptography;
using Helios.Chain;
using Helios.Control;
using Helios.Tests.HostRelay.Relay;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Helios.Tests.HostRelay.Control;

/// <summary>
/// A chain whose blocks the test makes, a broker, and consumers who redeem. Blocks are final under
/// three others unless a test says otherwise.
/// </summary>
internal sealed class ControlBench : IAsyncDisposable
{
    public const uint Confirmations = 3;

    private ControlBench(Deployment deployment, PlainBroker broker)
    {
        Deployment = deployment;
        Broker = broker;
    }

    public Deployment Deployment { get; }

    public PlainBroker Broker { get; private set; }

    public SenderKey Key { get; } = NewKey();

    public static async Task<ControlBench> StartAsync(params string[] mining) => new(
        await Deployment.StartAsync(mining.Length > 0 ? mining : ["--no-mining"]),
        await PlainBroker.StartAsync());

    public static SenderKey NewKey() => new(RandomNumberGenerator.GetBytes(32));

    public ControlOptions Options(ILoggerFactory? log = null) => new()
    {
        RpcUrls = [Deployment.RpcUrl],
        ChainId = Deployment.ChainId,
        Ledger = Deployment.Ledger.Address,
        Key = Key,
        Confirmations = Confirmations,
        DatabasePath = Deployment.DatabasePath("control.db"),
        BrokerUrl = Broker.Url,

        // Tests look at the chain themselves.
        PollInterval = TimeSpan.FromDays(1),
        Log = log ?? NullLoggerFactory.Instance,
    };

    public Task<ControlProcess> ControlAsync(ControlOptions? options = null) =>
        ControlProcess.StartAsync(options ?? Options(), TestContext.Current.CancellationToken);

    /// <summary>A meter whose owner has coins and has named it.</summary>
    public async Task<Consumer> ConsumerAsync() => await Consumer.MoveInAsync(Deployment);

    public async Task MineAsync(uint blocks)
    {
        for (var i = 0; i < blocks; i++)
        {
            await Deployment.MineAsync(1);
        }
    }

    /// <summary>Height of the newest block that is final.</summary>
    public async Task<ulong> FinalNumberAsync() =>
        (await Deployment.Node.LatestBlockAsync(TestContext.Current.CancellationToken)).Number
        - Confirmations;

    /// <summary>Takes away the newest blocks and puts empty ones in their place.</summary>
    public async Task ReorgAsync(int depth)
    {
        var ct = TestContext.Current.CancellationToken;
        await Deployment.Node.InvokeAsync("anvil_reorg", ct, depth, Array.Empty<object>());

        // What was undone waits in the pool; this chain is to forget it.
        await Deployment.Node.InvokeAsync("anvil_dropAllTransactions", ct);
    }

    /// <summary>Ends the broker, and starts one on the same port that remembers nothing.</summary>
    public async Task ReplaceBrokerAsync()
    {
        var port = Broker.Port;
        await Broker.DisposeAsync();
        Broker = await PlainBroker.StartAsync(port);
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Deployment.DisposeAsync();
    }
}
