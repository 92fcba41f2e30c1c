using System.Security.Cryptography;
using Helios.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Control;

/// <summary>The owner of an enrolled meter, with coins and a wallet.</summary>
internal sealed class Consumer
{
    private const ulong WhPerCoin = 100;
    private const ulong MintedWh = 1_000;

    private readonly Deployment _deployment;
    private readonly Address _redemptions;
    private readonly Address _coin;

    private Consumer(
        Deployment deployment, TestMeter meter, Wallet wallet, Address redemptions, Address coin)
    {
        _deployment = deployment;
        Meter = meter;
        Wallet = wallet;
        _redemptions = redemptions;
        _coin = coin;
    }

    public TestMeter Meter { get; }

    public Wallet Wallet { get; }

    public static async Task<Consumer> MoveInAsync(Deployment deployment)
    {
        var ct = TestContext.Current.CancellationToken;
        var key = new SenderKey(RandomNumberGenerator.GetBytes(32));
        await deployment.Node.InvokeAsync(
            "anvil_setBalance", ct, key.Address.ToString(), "0x8ac7230489e80000");
        var meter = new TestMeter(Deployment.ChainId, deployment.Ledger.Address)
        {
            Owner = key.Address,
        };
        await deployment.EnrolAsync(meter);
        await deployment.SendAsync(
            deployment.Ledger.Address, LedgerCalls.Record(meter.Sign(1, MintedWh)));
        var consumer = new Consumer(
            deployment,
            meter,
            new Wallet(deployment.Node, Deployment.ChainId, key),
            await deployment.Ledger.RedemptionsAsync(ct),
            await deployment.Ledger.CoinAsync(ct));
        await consumer.SendAsync(
            consumer._redemptions, RedemptionCalls.NameDefaultMeter(meter.Address));
        return consumer;
    }

    /// <summary>Redeems by a plain transfer, which the next block contains.</summary>
    public async Task RedeemAsync(ulong wh)
    {
        await Wallet.SendAsync(
            _coin,
            RedemptionCalls.Transfer(
                _redemptions, (UInt128)wh * CoinContract.UnitsPerCoin / WhPerCoin),
            TestContext.Current.CancellationToken);
        await _deployment.MineAsync(1);
    }

    private async Task SendAsync(Address to, byte[] calldata)
    {
        var ct = TestContext.Current.CancellationToken;
        var hash = await Wallet.SendAsync(to, calldata, ct);
        await _deployment.MineAsync(1);
        Assert.True((await Wallet.ConfirmedAsync(hash, ct)).Succeeded);
    }
}
