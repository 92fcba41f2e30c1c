using System.Text.Json;
using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// A node with a ledger of 100 Wh a coin, a folder for databases, and blocks on demand.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    public const ulong ChainId = 31337;
    public const uint MaxPowerW = 40_000;

    private readonly Anvil _anvil;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("helios-relay-");
    private ulong _nonce;

    private Deployment(Anvil anvil)
    {
        _anvil = anvil;
    }

    /// <summary>The node's process, for tests that kill it.</summary>
    public Anvil Anvil => _anvil;

    public ChainNode Node => _anvil.Node;

    public Uri RpcUrl => _anvil.Url;

    public LedgerContract Ledger { get; private set; } = null!;

    /// <summary>
    /// Pays for the relay's transactions; not the deployer, so that nonces do not mix.
    /// </summary>
    public SenderKey RelayKey { get; } = Anvil.KeyOf(
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

    /// <param name="mining">How anvil makes blocks: --no-mining leaves them to the test.</param>
    public static async Task<Deployment> StartAsync(params string[] mining)
    {
        var deployment = new Deployment(await Anvil.StartAsync(mining));
        await deployment.DeployAsync();
        return deployment;
    }

    public RelayOptions Options() => new()
    {
        RpcUrl = RpcUrl,
        ChainId = ChainId,
        Ledger = Ledger.Address,
        Sender = RelayKey,
        DatabasePath = DatabasePath("relay.db"),
        BrokerPort = 0,
        PollInterval = TimeSpan.FromMilliseconds(20),
        Limits = RelayLimits.None,
    };

    public string DatabasePath(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Makes a block so many seconds after the newest one.</summary>
    public async Task MineAsync(ulong seconds)
    {
        var ct = TestContext.Current.CancellationToken;
        var now = (await Node.LatestBlockAsync(ct)).Timestamp;
        await Node.InvokeAsync("evm_mine", ct, Hex.Of((UInt128)(now + seconds)));
    }

    /// <summary>Makes blocks until the relay has nothing left to do.</summary>
    public async Task SettleAsync(RelayProcess relay)
    {
        var ct = TestContext.Current.CancellationToken;
        while (await relay.WhenAtRestAsync(ct) == RelayRest.AwaitsBlock)
        {
            await MineAsync(1);
        }
    }

    /// <summary>A new meter, enrolled unless the test wants it otherwise.</summary>
    public async Task<TestMeter> MeterAsync(bool isEnrolled = true)
    {
        var meter = new TestMeter(ChainId, Ledger.Address);
        if (isEnrolled)
        {
            await EnrolAsync(meter);
        }

        return meter;
    }

    /// <summary>Many meters of one owner each, enrolled block by block.</summary>
    public async Task<TestMeter[]> MetersAsync(int count)
    {
        var ct = TestContext.Current.CancellationToken;
        var meters = new TestMeter[count];
        for (var i = 0; i < count; i++)
        {
            meters[i] = new TestMeter(ChainId, Ledger.Address);
            var signed = Signed(Ledger.Address, EnrolmentOf(meters[i]));
            Assert.Equal(
                BroadcastResult.InPool, (await Node.BroadcastAsync(signed.Raw, ct)).Result);
        }

        while (await Node.TransactionCountAsync(Anvil.Rich.Address, ct) < _nonce)
        {
            await MineAsync(1);
        }

        return meters;
    }

    /// <summary>A new meter with a secure element, enrolled.</summary>
    public async Task<TestMeter> MeterWithElementAsync()
    {
        var meter = TestMeter.WithElement(ChainId, Ledger.Address);
        await EnrolAsync(meter);
        return meter;
    }

    public Task EnrolAsync(TestMeter meter) => EnrolAsync(meter, Ledger.Address);

    /// <summary>The same in another ledger.</summary>
    public Task EnrolAsync(TestMeter meter, Address ledger) =>
        SendAsync(ledger, EnrolmentOf(meter));

    /// <summary>A transaction of the enroller, in a block at once.</summary>
    public async Task<Receipt> SendAsync(Address? to, byte[] calldata)
    {
        var ct = TestContext.Current.CancellationToken;
        var signed = Signed(to, calldata);
        var (result, reason) = await Node.BroadcastAsync(signed.Raw, ct);
        Assert.True(result == BroadcastResult.InPool, reason);
        if (await Node.ReceiptAsync(signed.Hash, ct) is null)
        {
            await MineAsync(1);
        }

        var receipt = await Node.ReceiptAsync(signed.Hash, ct);
        Assert.True(receipt!.Succeeded);
        return receipt;
    }

    /// <summary>A second ledger on the same chain.</summary>
    public async Task<Address> RedeployAsync()
    {
        var first = Ledger;
        await DeployAsync();
        (var second, Ledger) = (Ledger, first);
        return second.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _anvil.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Deploys a contract of the project.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">
    /// Of its constructor: words like a call's, whose selector is left out.
    /// </param>
    public async Task<Address> DeployAsync(string name, AbiWriter arguments)
    {
        var artifact = Path.Combine(
            Tool.RepositoryRoot(), "contracts", "out", $"{name}.sol", $"{name}.json");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(artifact));
        var bytecode = Hex.Parse(
            json.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!);
        var receipt = await SendAsync(null, [.. bytecode, .. arguments.ToArray()[4..]]);
        return receipt.CreatedContract!.Value;
    }

    private async Task DeployAsync()
    {
        var arguments = new AbiWriter("constructor()")
            .Word(100)
            .Word(50_000)
            .Word(Anvil.Rich.Address)
            .Word(Anvil.Rich.Address)
            .Word(100_000_000)
            .Word(100_000);
        Ledger = new LedgerContract(Node, await DeployAsync("ReadingLedger", arguments));
    }

    private static byte[] EnrolmentOf(TestMeter meter)
    {
        var enrolment = meter.Enrolment(pagination: 0, maxPowerW: MaxPowerW);
        return DirectoryCalls.Enrol(enrolment.Said, enrolment.Signature);
    }

    private SignedTransaction Signed(Address? to, byte[] calldata) => new DynamicFeeTransaction
    {
        ChainId = ChainId,
        Nonce = _nonce++,
        MaxPriorityFeePerGasWei = 1_000_000_000,
        MaxFeePerGasWei = 100_000_000_000,
        GasLimit = to is null ? 10_000_000UL : 500_000,
        To = to,
        Calldata = calldata,
    }.Sign(Anvil.Rich);
}
