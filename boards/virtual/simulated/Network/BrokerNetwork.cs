using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>Every broker is the one on this computer, whatever its name.</summary>
internal sealed class BrokerNetwork(SimulatedThreads threads, int brokerPort, TimeSpan answerWithin)
    : IBoardNetwork
{
    private readonly List<BrokerWire> _wires = [];

    /// <inheritdoc/>
    public IMqttWire Resolve(string host, int port, bool isSecure)
    {
        var wire = new BrokerWire(threads, brokerPort, answerWithin);
        _wires.Add(wire);
        return wire;
    }

    /// <summary>The board is gone, and with it its sockets.</summary>
    internal void Close()
    {
        foreach (var wire in _wires)
        {
            wire.Close();
        }
    }
}
