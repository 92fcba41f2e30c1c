using System.Security.Cryptography;
using Helios.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Market;

/// <summary>The owner of an enrolled meter, who trades.</summary>
internal sealed class Trader
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly Deployment _deployment;
    private uint _pagination;

    private Trader(Deployment deployment)
    {
        _deployment = deployment;
        Key = new SenderKey(_secret);
        Wallet = new Wallet(deployment.Node, Deployment.ChainId, Key);
        Meter = new TestMeter(Deployment.ChainId, deployment.Ledger.Address)
        {
            Owner = Key.Address,
        };
    }

    public SenderKey Key { get; }

    public string Secret => Hex.Of(_secret);

    public Address Address => Key.Address;

    public Wallet Wallet { get; }

    public TestMeter Meter { get; }

    /// <summary>Has 10 ether and a meter.</summary>
    public static async Task<Trader> MoveInAsync(Deployment deployment)
    {
        var trader = new Trader(deployment);
        await deployment.Node.InvokeAsync(
            "anvil_setBalance", TestContext.Current.CancellationToken,
            trader.Address.ToString(), "0x8ac7230489e80000");
        await deployment.EnrolAsync(trader.Meter);
        return trader;
    }

    /// <summary>The meter signs what it has fed out and taken in; the coins come to him.</summary>
    public Task RecordAsync(ulong exportWh, ulong importWh = 0) => _deployment.SendAsync(
        _deployment.Ledger.Address,
        LedgerCalls.Record(Meter.Sign(++_pagination, exportWh, importWh)));

    public async Task SendAsync(Address to, byte[] calldata)
    {
        var ct = TestContext.Current.CancellationToken;
        var hash = await Wallet.SendAsync(to, calldata, ct);
        Assert.True((await Wallet.ConfirmedAsync(hash, ct)).Succeeded);
    }
}
