using Helios.Chain;
using Helios.Messaging;

namespace Helios.Relay;

/// <summary>
/// Who may do what on the relay's own broker. Only the relay acknowledges. Where clients have
/// names, a meter has its own topics and nothing else; anybody else (owner, controller) reads all
/// and writes everything but what is a meter's word. Null stands for a broker without names.
/// </summary>
internal static class TopicRule
{
    /// <summary>Whether a client may publish to a topic.</summary>
    public static bool MayPublish(string? name, string topic)
    {
        var kind = Topics.Parse(topic, out var meter);
        if (kind == TopicKind.Acknowledgement)
        {
            return false;
        }

        var isOfMeters = kind is TopicKind.Reading or TopicKind.Status or TopicKind.Enrolment;
        return name is null
            || (MeterNamed(name) is { } own
                ? isOfMeters && new Address(meter) == own
                : !isOfMeters);
    }

    /// <summary>Whether a client may subscribe to a filter.</summary>
    public static bool MaySubscribe(string? name, string filter) =>
        name is null
        || MeterNamed(name) is not { } own
        || filter.StartsWith($"helios/v1/{own.ToTopicLevel()}/", StringComparison.Ordinal);

    /// <summary>
    /// Whether a name is a meter's address in another spelling. It would be no meter's name here,
    /// and so have every other right.
    /// </summary>
    public static bool IsMisspelt(string name) =>
        Address.TryParse(name, out _) && MeterNamed(name) is null;

    private static Address? MeterNamed(string name) =>
        Address.TryParse(name, out var meter)
        && string.Equals(meter.ToTopicLevel(), name, StringComparison.Ordinal) ? meter : null;
}
