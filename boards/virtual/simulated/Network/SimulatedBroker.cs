using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>An MQTT broker in memory, for one board, in the board's own time.</summary>
public sealed class SimulatedBroker
{
    private readonly Dictionary<string, MqttPublication> _retained = [];
    private SimulatedWire? _connected;

    /// <summary>A message arrived from the board, or its will was published.</summary>
    public event Action<MqttPublication>? Published;

    /// <summary>Messages that arrived.</summary>
    public long Messages { get; private set; }

    /// <summary>Connections that were accepted.</summary>
    public long Connections { get; private set; }

    /// <summary>True while the broker believes that the board is connected.</summary>
    public bool IsConnected => _connected is not null;

    /// <summary>The message kept for a topic, or null.</summary>
    public MqttPublication? Retained(string topic) => _retained.GetValueOrDefault(topic);

    /// <summary>
    /// Publishes to the board, if it asked for the topic; a retained message is kept.
    /// </summary>
    public void Publish(MqttPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        Keep(publication);
        _connected?.Deliver(publication with { IsRetained = false });
    }

    /// <summary>Ends the connection.</summary>
    /// <param name="isTold">False: the board is not told, the wire is silent from now on.</param>
    public void Drop(bool isTold) => _connected?.Break(isTold);

    internal void Connect(SimulatedWire wire)
    {
        Connections++;
        _connected?.Break(isTold: false);
        _connected = wire;
    }

    internal void Arrive(MqttPublication publication)
    {
        Messages++;
        Keep(publication);
        Published?.Invoke(publication);
    }

    internal void Leave(SimulatedWire wire, MqttPublication? will)
    {
        if (_connected == wire)
        {
            _connected = null;
            if (will is not null)
            {
                Arrive(will);
            }
        }
    }

    internal IEnumerable<MqttPublication> RetainedOf(string topic) =>
        Retained(topic) is { } kept ? [kept] : [];

    private void Keep(MqttPublication publication)
    {
        if (publication.IsRetained)
        {
            _retained[publication.Topic] = publication;
        }
    }
}
