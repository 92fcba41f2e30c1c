using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Relay;

/// <summary>
/// Which clients of the relay's own broker want which acknowledgements, as they subscribe and go:
/// the broker itself would look at every connection for each message. For several threads.
/// </summary>
internal sealed class AcknowledgementRoutes
{
    private readonly Lock _gate = new();

    // Filter, client, and the quality that the client was granted.
    private readonly Dictionary<string, Dictionary<string, MqttQualityOfServiceLevel>> _exact =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, Dictionary<string, MqttQualityOfServiceLevel>> _wild =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, HashSet<string>> _filters = new(StringComparer.Ordinal);

    /// <summary>A client subscribed.</summary>
    public void Add(string client, string filter, MqttQualityOfServiceLevel quality)
    {
        lock (_gate)
        {
            var routes = RoutesOf(filter);
            if (!routes.TryGetValue(filter, out var clients))
            {
                routes[filter] = clients = new(StringComparer.Ordinal);
            }

            clients[client] = quality;
            if (!_filters.TryGetValue(client, out var filters))
            {
                _filters[client] = filters = new(StringComparer.Ordinal);
            }

            filters.Add(filter);
        }
    }

    /// <summary>A client unsubscribed.</summary>
    public void Remove(string client, string filter)
    {
        lock (_gate)
        {
            if (_filters.TryGetValue(client, out var filters) && filters.Remove(filter))
            {
                RemoveRoute(client, filter);
            }
        }
    }

    /// <summary>A client's session is gone, or begins anew.</summary>
    public void Forget(string client)
    {
        lock (_gate)
        {
            if (_filters.Remove(client, out var filters))
            {
                foreach (var filter in filters)
                {
                    RemoveRoute(client, filter);
                }
            }
        }
    }

    /// <summary>Each client that a message goes to, once, with the best of its qualities.</summary>
    public IReadOnlyCollection<KeyValuePair<string, MqttQualityOfServiceLevel>> Of(string topic)
    {
        lock (_gate)
        {
            var found = new Dictionary<string, MqttQualityOfServiceLevel>(StringComparer.Ordinal);
            if (_exact.TryGetValue(topic, out var exact))
            {
                Merge(found, exact);
            }

            foreach (var (filter, clients) in _wild)
            {
                if (MqttTopicFilterComparer.Compare(topic, filter)
                    == MqttTopicFilterCompareResult.IsMatch)
                {
                    Merge(found, clients);
                }
            }

            return found;
        }
    }

    private Dictionary<string, Dictionary<string, MqttQualityOfServiceLevel>> RoutesOf(
        string filter) => filter.AsSpan().ContainsAny('+', '#') ? _wild : _exact;

    private void RemoveRoute(string client, string filter)
    {
        var routes = RoutesOf(filter);
        if (routes.TryGetValue(filter, out var clients)
            && clients.Remove(client) && clients.Count == 0)
        {
            routes.Remove(filter);
        }
    }

    private static void Merge(
        Dictionary<string, MqttQualityOfServiceLevel> found,
        Dictionary<string, MqttQualityOfServiceLevel> more)
    {
        foreach (var (client, quality) in more)
        {
            if (!found.TryGetValue(client, out var before) || before < quality)
            {
                found[client] = quality;
            }
        }
    }
}
