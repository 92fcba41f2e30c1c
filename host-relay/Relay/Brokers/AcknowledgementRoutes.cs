using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Relay;

/// <summary>
/// Which clients of the relay's own broker want which acknowledgements, as they subscribe and go:
/// the broker itself would look at every connection for each message. Each filter is looked at
/// once, so that no number of them delays an acknowledgement. For several threads.
/// </summary>
internal sealed class AcknowledgementRoutes
{
    /// <summary>
    /// Filters of one client. A meter has four, and the longest packet has room for so many.
    /// </summary>
    public const int FiltersMax = 250;

    private const string Start = "helios/v1/";
    private const string End = "/ack";

    // Stands for every meter: no level of a topic that a message has.
    private const string EveryMeter = "+";

    private readonly Lock _gate = new();

    // By meter: who asked with which filter, and the quality that the client was granted.
    private readonly Dictionary<
        string, Dictionary<(string Client, string Filter), MqttQualityOfServiceLevel>> _routes =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, HashSet<string>> _filters = new(StringComparer.Ordinal);

    /// <summary>A client subscribes; false if it has too many filters.</summary>
    public bool TryAdd(string client, string filter, MqttQualityOfServiceLevel quality)
    {
        lock (_gate)
        {
            if (!_filters.TryGetValue(client, out var filters))
            {
                _filters[client] = filters = new(StringComparer.Ordinal);
            }

            if (filters.Count >= FiltersMax && !filters.Contains(filter))
            {
                return false;
            }

            filters.Add(filter);
            if (MeterOf(filter) is { } meter)
            {
                if (!_routes.TryGetValue(meter, out var routes))
                {
                    _routes[meter] = routes = [];
                }

                routes[(client, filter)] = quality;
            }

            return true;
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

    /// <summary>
    /// Each client that a meter's acknowledgement goes to, once, with the best of its qualities.
    /// </summary>
    /// <param name="meter">Its address as topics carry it.</param>
    public IReadOnlyCollection<KeyValuePair<string, MqttQualityOfServiceLevel>> Of(string meter)
    {
        lock (_gate)
        {
            var found = new Dictionary<string, MqttQualityOfServiceLevel>(StringComparer.Ordinal);
            Merge(found, meter);
            Merge(found, EveryMeter);
            return found;
        }
    }

    /// <summary>The meter whose acknowledgements a filter lets through, or null.</summary>
    private static string? MeterOf(string filter)
    {
        var levels = filter.Split('/');
        var named = levels.Length > 2 && levels[2] is not ("+" or "#") ? levels[2] : null;

        // What lets one meter through where none is named lets every other through.
        return MqttTopicFilterComparer.Compare(Start + (named ?? "any") + End, filter)
            == MqttTopicFilterCompareResult.IsMatch ? named ?? EveryMeter : null;
    }

    private void RemoveRoute(string client, string filter)
    {
        if (MeterOf(filter) is { } meter
            && _routes.TryGetValue(meter, out var routes)
            && routes.Remove((client, filter)) && routes.Count == 0)
        {
            _routes.Remove(meter);
        }
    }

    private void Merge(Dictionary<string, MqttQualityOfServiceLevel> found, string meter)
    {
        if (!_routes.TryGetValue(meter, out var routes))
        {
            return;
        }

        foreach (var ((client, _), quality) in routes)
        {
            if (!found.TryGetValue(client, out var before) || before < quality)
            {
                found[client] = quality;
            }
        }
    }
}
