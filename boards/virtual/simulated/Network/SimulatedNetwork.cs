using System.Net.Sockets;
using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>DNS and sockets of one boot in simulated weather.</summary>
internal sealed class SimulatedNetwork(
    NetworkWeather weather, SimulatedBroker broker, Random random) : IBoardNetwork
{
    /// <summary>The boot's own hardware and link, known only after it was made.</summary>
    internal BoardHardware Board { get; set; } = null!;

    internal INetworkLink Link { get; set; } = null!;

    /// <inheritdoc/>
    public IMqttWire Resolve(string host, int port, bool isSecure)
    {
        Board.Time.Freeze(weather.HasDns && Link.IsUp ? weather.DnsMs : weather.DnsMsMax);
        if (!weather.HasDns || !Link.IsUp)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return new SimulatedWire(Board, broker, weather, Link, random, isSecure);
    }
}
