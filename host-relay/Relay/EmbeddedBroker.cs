using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace Helios.Relay;

/// <summary>
/// The relay's own MQTT broker. It keeps nothing over a restart and checks nobody.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    // Messages to one subscriber that is too slow for them. What falls out was not acknowledged by
    // the relay, so its meter sends it again.
    private const int PendingMessagesMax = 20_000;
    private const int FreePortAttemptsMax = 20;

    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, IPEndPoint endpoint)
    {
        _server = server;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens, with the real port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <param name="address">The local address to listen on.</param>
    /// <param name="port">0 takes a free port.</param>
    /// <exception cref="StartRefusedException">The port is in use, or the address is not
    /// ours.</exception>
    public static async Task<EmbeddedBroker> StartAsync(IPAddress address, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var endpoint = new IPEndPoint(address, port == 0 ? FreePort(address) : port);
            var server = Server(endpoint);
            try
            {
                await server.StartAsync();
                return new EmbeddedBroker(server, endpoint);
            }
            catch (SocketException failure)
            {
                server.Dispose();

                // Somebody else may take a free port between the look and the listening.
                if (port == 0 && attempt < FreePortAttemptsMax)
                {
                    continue;
                }

                throw new StartRefusedException(
                    $"The broker cannot listen on {endpoint} ({failure.Message.TrimEnd('.')}): "
                    + "free the port, or set brokerPort to another one or to 0.",
                    failure);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }

    private static MqttServer Server(IPEndPoint endpoint)
    {
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(endpoint.Port)
            .WithDefaultEndpointBoundIPAddress(endpoint.Address)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithMaxPendingMessagesPerClient(PendingMessagesMax)
            .Build();

        // On Linux .NET's ReuseAddress lets two programs listen on one port, and each gets half.
        options.DefaultEndpointOptions.ReuseAddress = false;
        return new MqttServerFactory().CreateMqttServer(options);
    }

    private static int FreePort(IPAddress address)
    {
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
