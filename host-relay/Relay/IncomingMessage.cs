using MQTTnet;

namespace Helios.Relay;

/// <summary>
/// A message as the broker delivered it, or a marker that passes through the same queue.
/// </summary>
/// <param name="Delivery">The message; null for a marker.</param>
/// <param name="Passed">Completed when everything queued before the marker is done with.</param>
internal sealed record IncomingMessage(
    MqttApplicationMessageReceivedEventArgs? Delivery, TaskCompletionSource? Passed);
