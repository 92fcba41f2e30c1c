using Helios.Relay;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// A relay that sees its node through a proxy, and a meter that is connected to it. Ten minutes have
/// passed since the meter was enrolled, which makes its first readings plausible.
/// </summary>
internal sealed record ProxiedRelay(
    Deployment Deployment,
    FaultProxy Proxy,
    TestMeter Meter,
    RelayProcess Relay,
    MeterConnection Connection) : IAsyncDisposable
{
    public static async Task<ProxiedRelay> StartAsync(CancellationToken ct)
    {
        var deployment = await Deployment.StartAsync("--no-mining");
        var proxy = new FaultProxy(deployment.RpcUrl);
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(600);
        var relay = await RelayProcess.StartAsync(
            deployment.Options() with { RpcUrl = proxy.Url }, ct);
        return new ProxiedRelay(
            deployment, proxy, meter, relay, await MeterConnection.OpenAsync(relay.BrokerPort));
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Relay.DisposeAsync();
        await Proxy.DisposeAsync();
        await Deployment.DisposeAsync();
    }
}
