using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>Every broker is the one on this computer, whatever its name.</summary>
internal sealed class BrokerNetwork(SimulatedThreads threads, int brokerPort) : IBoardNetwork
{
    /// <inheritdoc/>
    public IMqttWire Resolve(string host, int port, bool isSecure) =>
        new BrokerWire(threads, brokerPort);
}
