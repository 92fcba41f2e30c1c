using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>A broker that belongs to nobody and lets everybody in.</summary>
internal sealed class PlainBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private PlainBroker(int port)
    {
        Port = port;
        _server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder()
                .WithDefaultEndpoint()
                .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
                .WithDefaultEndpointPort(port)
                .Build());
    }

    public int Port { get; }

    public Uri Url => new($"mqtt://127.0.0.1:{Port}");

    public static async Task<PlainBroker> StartAsync(
        int? port = null, Action<MqttServer>? prepare = null)
    {
        var broker = new PlainBroker(port ?? FreePort());
        prepare?.Invoke(broker._server);
        await broker._server.StartAsync();
        return broker;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }
}
