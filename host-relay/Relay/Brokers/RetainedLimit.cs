using MQTTnet;
using MQTTnet.Server;

namespace Helios.Relay;

/// <summary>
/// How much the relay's own broker retains, since it keeps that in memory. For several threads.
/// </summary>
/// <param name="server">The broker.</param>
/// <param name="countMax">Topics.</param>
internal sealed class RetainedLimit(MqttServer server, int countMax) : IDisposable
{
    /// <summary>
    /// Bytes of a message and letters of its topic: a set of seven controllers has 590, and its
    /// topic fewer than 100.
    /// </summary>
    public const int LengthMax = 1_024;

    private readonly SemaphoreSlim _gate = new(1);

    // New topics until it is counted again: clients clear topics as well.
    private int _topicsLeft;

    /// <summary>
    /// Whether a message fits. User properties never do: each takes more memory than packet.
    /// </summary>
    public async Task<bool> FitsAsync(MqttApplicationMessage message)
    {
        if (!message.Retain || message.Payload.Length == 0)
        {
            return true;
        }

        if (message.Topic.Length + message.Payload.Length > LengthMax
            || message.UserProperties is { Count: > 0 })
        {
            return false;
        }

        await _gate.WaitAsync();
        try
        {
            if (await server.GetRetainedMessageAsync(message.Topic) is not null)
            {
                return true;
            }

            if (_topicsLeft <= 0)
            {
                _topicsLeft = countMax - (await server.GetRetainedMessagesAsync()).Count;
            }

            return _topicsLeft-- > 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
