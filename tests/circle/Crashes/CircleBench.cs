using System.Security.Cryptography;
using Helios.Chain;
using Helios.Tests.Circle.Histories;
using Helios.Tests.HostRelay.Proofs;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.Circle.Crashes;

/// <summary>
/// A chain, a broker, the program as a relay and as three controllers, and households. Whoever is
/// killed is killed as a process.
/// </summary>
internal sealed class CircleBench : IAsyncDisposable
{
    /// <summary>Blocks on top of a final one; no reorg here is so deep.</summary>
    public const uint Confirmations = 6;
    public const int ReorgDepthMax = 5;

    private const int Controllers = 3;
    private const ulong ProducedWh = 50_000;

    // At rated power a block's time takes more than a delivery here.
    private const ulong BlockS = 30;
    private const string RelaySecret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    private readonly Random _random;
    private readonly Deployment _deployment;
    private readonly List<SupervisedRelay> _controllers = [];
    private SupervisedRelay? _relay;
    private PlainBroker _broker;
    private Wallet _stranger = null!;
    private Address _coinAddress;

    private CircleBench(Deployment deployment, PlainBroker broker, Random random)
    {
        _deployment = deployment;
        _broker = broker;
        _random = random;
        Link = new MeterLink(broker.Port);
    }

    public MeterLink Link { get; }

    public List<Household> Households { get; } = [];

    public RedemptionsContract Redemptions { get; private set; } = null!;

    private CoinContract Coin { get; set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Relay and controllers run, unless the test is them.</summary>
    public static async Task<CircleBench> StartAsync(
        int households, Random random, bool hasPrograms = true)
    {
        var bench = new CircleBench(
            await Deployment.StartAsync("--no-mining"), await PlainBroker.StartAsync(), random);
        await bench.SettleInAsync(households);
        if (hasPrograms)
        {
            bench.StartPrograms();
        }

        return bench;
    }

    public async Task MineAsync(int blocks = 1)
    {
        for (var i = 0; i < blocks; i++)
        {
            await _deployment.MineAsync(BlockS);
        }
    }

    /// <summary>One party fails, and works again.</summary>
    public async Task FailAsync(Party party, Household household)
    {
        switch (party)
        {
            case Party.Chain:
                await ReorganiseAsync(_random.Next(1, ReorgDepthMax + 1));
                break;
            case Party.Relay:
                await _relay!.KillAsync();
                await _relay.StartAgainAsync();
                break;
            case Party.Controller:
                var one = _controllers[_random.Next(Controllers)];
                await one.KillAsync();
                await one.StartAgainAsync();
                break;
            case Party.Broker:
                var port = _broker.Port;
                await _broker.DisposeAsync();
                _broker = await PlainBroker.StartAsync(port);
                break;
            default:
                household.CutPower();
                break;
        }
    }

    /// <summary>
    /// The newest blocks are undone; what they held waits in the pool or is gone.
    /// </summary>
    public async Task ReorganiseAsync(int depth)
    {
        await _deployment.Node.InvokeAsync("anvil_reorg", Ct, depth, Array.Empty<object>());
        if (_random.Next(2) == 0)
        {
            await _deployment.Node.InvokeAsync("anvil_dropAllTransactions", Ct);
        }
    }

    public Task<RedemptionAccount> AccountAsync(Household household) =>
        Redemptions.AccountOfAsync(household.Meter.Address, Ct);

    public Task<ulong> DebtWhAsync(Household household) =>
        Redemptions.DebtWhOfAsync(household.Meter.Address, Ct);

    /// <summary>Whether final blocks authorise what the household waits for.</summary>
    public async Task<bool> IsFinalAsync(Household household)
    {
        var head = await _deployment.Node.LatestBlockAsync(Ct);
        var final = await _deployment.Node.BlockAsync(
            Hex.Of((UInt128)(head.Number - Confirmations)), Ct);
        var said = await Redemptions.AuthorisationsAsync([household.Meter.Address], final, Ct);
        return said[0].AuthorisedWh >= household.TargetWh;
    }

    /// <summary>Sends the coins that are not there yet; they may still wait in the pool.</summary>
    public async Task RedeemAsync(Household household)
    {
        await MineAsync();
        var there = (await AccountAsync(household)).RedeemedWh;
        if (there < household.TargetWh)
        {
            await SendAsync(household.Owner, _coinAddress, RedemptionCalls.Transfer(
                Redemptions.Address,
                (household.TargetWh - there) * (UInt128)CoinContract.UnitsPerCoin
                    / PlainChain.WhPerCoin));
        }
    }

    /// <summary>A stranger submits readings that he got from anywhere.</summary>
    public Task SubmitAsync(params byte[][] signed) => SendAsync(
        _stranger, _deployment.Ledger.Address, LedgerCalls.RecordBatch(signed));

    /// <summary>A stranger settles, if that leaves nothing open.</summary>
    public async Task SettleAsync(Household household)
    {
        if (await Redemptions.OpenWhOfAsync(household.Meter.Address, Ct) == 0)
        {
            await SendAsync(
                _stranger,
                Redemptions.Address,
                RedemptionCalls.Settle(household.Meter.Address));
        }
    }

    /// <summary>Every book, in the newest block.</summary>
    public async Task RequireBalanceAsync()
    {
        UInt128 burnedWh = 0, ownedWh = 0;
        foreach (var household in Households)
        {
            var account = await AccountAsync(household);
            var units = await Coin.BalanceOfAsync(household.Owner.Address, Ct);
            var hisWh = units * PlainChain.WhPerCoin / CoinContract.UnitsPerCoin;
            Assert.Equal(account.RedeemedWh, account.SettledWh + account.RefundedWh);
            Assert.Equal(ProducedWh - account.RedeemedWh + account.RefundedWh, (ulong)hisWh);
            household.Energy.RequirePaid(account.RedeemedWh);
            household.Energy.RequireSettled(account.SettledWh);
            (burnedWh, ownedWh) = (burnedWh + account.SettledWh, ownedWh + hisWh);
        }

        var unit = (UInt128)CoinContract.UnitsPerCoin / PlainChain.WhPerCoin;
        Assert.Equal(0UL, (ulong)await Redemptions.EscrowedUnitsAsync(Ct));
        Assert.True(await Coin.BurnedAsync(Ct) == burnedWh * unit);
        Assert.True(await Coin.TotalSupplyAsync(Ct) == ownedWh * unit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        foreach (var controller in _controllers)
        {
            await controller.DisposeAsync();
        }

        Link.Dispose();
        await _broker.DisposeAsync();
        await _deployment.DisposeAsync();
        Assert.False(_relay?.IsDown ?? false, _relay?.LastWords);
        Assert.All(
            _controllers, static one => Assert.False(one.IsDown, one.LastWords));
    }

    private async Task SettleInAsync(int households)
    {
        var ledger = _deployment.Ledger;
        Redemptions = new RedemptionsContract(
            _deployment.Node, await ledger.RedemptionsAsync(Ct), ledger.Address);
        _coinAddress = await ledger.CoinAsync(Ct);
        Coin = new CoinContract(_deployment.Node, _coinAddress);
        _stranger = new Wallet(_deployment.Node, Deployment.ChainId, await RichAsync());
        for (var i = 0; i < households; i++)
        {
            var owner = await RichAsync();
            var producer = new TestMeter(Deployment.ChainId, ledger.Address)
            {
                Owner = owner.Address,
            };
            var household = new Household(_deployment, owner, _random);
            await _deployment.EnrolAsync(producer);
            await _deployment.EnrolAsync(household.Meter);
            await _deployment.MineAsync(2 * 3600);
            await _deployment.SendAsync(
                ledger.Address, LedgerCalls.Record(producer.Sign(1, ProducedWh)));
            await SendAsync(
                household.Owner,
                Redemptions.Address,
                RedemptionCalls.NameDefaultMeter(household.Meter.Address));
            Households.Add(household);
        }

        // No reorg reaches back to an Enrolment, which nobody here would send again.
        await MineAsync((int)Confirmations);
    }

    private async Task<SenderKey> RichAsync()
    {
        var key = new SenderKey(RandomNumberGenerator.GetBytes(32));
        await _deployment.Node.InvokeAsync(
            "anvil_setBalance", Ct, key.Address.ToString(), "0x56bc75e2d63100000");
        return key;
    }

    private void StartPrograms()
    {
        _relay = new SupervisedRelay(
            new Dictionary<string, string>(
                Helios.Tests.HostRelay.Program.HostRelay.Variables(
                    _deployment.Options(), RelaySecret))
            {
                ["HELIOS_BROKER_URL"] = $"{_broker.Url}",
                ["HELIOS_POLL_MS"] = "100",
                ["HELIOS_READINGS_PER_METER_PER_S"] = "0",
            });
        for (var i = 0; i < Controllers; i++)
        {
            // The keys that the bench provisions its meters with.
            var secret = Convert.ToHexStringLower([.. Enumerable.Repeat((byte)(0x10 + i), 32)]);
            _controllers.Add(new SupervisedRelay(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["HELIOS_RPC_URL"] = $"{_deployment.RpcUrl}",
                    ["HELIOS_CHAIN_ID"] = $"{Deployment.ChainId}",
                    ["HELIOS_LEDGER"] = $"{_deployment.Ledger.Address}",
                    ["HELIOS_CONTROLLER_KEY"] = "0x" + secret,
                    ["HELIOS_DATABASE"] = _deployment.DatabasePath($"control{i}.db"),
                    ["HELIOS_BROKER_URL"] = $"{_broker.Url}",
                    ["HELIOS_CONFIRMATIONS"] = $"{Confirmations}",
                    ["HELIOS_POLL_MS"] = "100",
                },
                "control"));
        }
    }

    private async Task SendAsync(Wallet wallet, Address to, byte[] calldata)
    {
        try
        {
            await wallet.SendAsync(to, calldata, Ct);
        }
        catch (NodeRefusedException)
        {
            // What a reorg left in the pool was first: the next look tells.
        }

        await MineAsync();
    }
}
