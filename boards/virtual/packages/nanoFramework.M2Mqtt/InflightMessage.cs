using Helios.Boards.Hardware;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>A message that waits to be sent, or for its answer.</summary>
/// <param name="id">Its id.</param>
/// <param name="needsAnswer">False at QoS 0.</param>
/// <param name="send">Sends it over a wire; told whether it was sent before.</param>
internal sealed class InflightMessage(ushort id, bool needsAnswer, Action<IMqttWire, bool> send)
{
    internal ushort Id => id;

    internal bool NeedsAnswer => needsAnswer;

    /// <summary>Only a PUBLISH that is given up raises an event.</summary>
    internal bool IsPublish { get; private init; }

    internal int Attempts { get; private set; }

    internal ulong SentAtMs { get; private set; }

    internal static InflightMessage Publish(ushort id, MqttPublication publication) => new(
        id,
        publication.Qos > 0,
        (wire, isRepeated) => wire.SendPublish(id, publication with { IsRepeated = isRepeated }))
    {
        IsPublish = true,
    };

    internal static InflightMessage Subscribe(ushort id, string[] topics, MqttQoSLevel[] levels) =>
        new(id, true, (wire, _) =>
            wire.SendSubscribe(id, topics, Array.ConvertAll(levels, level => (byte)level)));

    internal static InflightMessage Unsubscribe(ushort id, string[] topics) =>
        new(id, true, (wire, _) => wire.SendUnsubscribe(id, topics));

    internal void SendOver(IMqttWire wire, ulong uptimeMs)
    {
        SentAtMs = uptimeMs;
        Attempts++;
        send(wire, Attempts > 1);
    }
}
