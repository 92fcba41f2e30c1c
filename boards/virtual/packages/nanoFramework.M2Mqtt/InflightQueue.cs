using Helios.Boards.Hardware;
using nanoFramework.M2Mqtt.Exceptions;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// What the package's in-flight thread does: sends what was queued, sends again what nobody
/// answered, and gives it up after three times. It ends with its connection.
/// </summary>
internal sealed class InflightQueue(
    IBoardTime time,
    MqttSettings settings,
    IMqttWire wire,
    Action sent,
    Action<InflightMessage> givenUp,
    Action broken)
{
    private readonly List<InflightMessage> _messages = [];
    private bool _isRunning;

    /// <summary>The worker begins: what was queued before the connection is sent now.</summary>
    internal void Start()
    {
        _isRunning = true;
        Wake(time.UptimeMs);
    }

    /// <summary>The worker ends; what was queued is lost without an event.</summary>
    internal void Clear()
    {
        _isRunning = false;
        _messages.Clear();
    }

    /// <summary>The worker ends, the queue stays until someone clears it.</summary>
    internal void Stop() => _isRunning = false;

    internal void Add(InflightMessage message)
    {
        if (_messages.Count >= settings.InflightQueueSize)
        {
            throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        }

        _messages.Add(message);
        Wake(time.UptimeMs);
    }

    /// <summary>Takes the message that an answer is for, or null.</summary>
    internal InflightMessage? Answered(ushort id)
    {
        var index = _messages.FindIndex(message => message.Id == id && message.Attempts > 0);
        if (index < 0)
        {
            return null;
        }

        var message = _messages[index];
        _messages.RemoveAt(index);
        return message;
    }

    private void Wake(ulong uptimeMs)
    {
        if (_isRunning)
        {
            time.CallAt(uptimeMs, Turn);
        }
    }

    private void Turn()
    {
        try
        {
            for (var index = 0; _isRunning && index < _messages.Count;)
            {
                index += Process(_messages[index]) ? 1 : 0;
            }
        }
        catch (Exception)
        {
            // A wire that is gone, or a topic that cannot be encoded: either ends the connection.
            _isRunning = false;
            broken();
        }
    }

    /// <returns>True if the message stays in the queue.</returns>
    private bool Process(InflightMessage message)
    {
        var isSent = message.Attempts > 0;
        if (isSent && time.UptimeMs - message.SentAtMs < (ulong)settings.DelayOnRetry)
        {
            return true;
        }

        if (message.Attempts == settings.AttemptsOnRetry)
        {
            _messages.Remove(message);
            givenUp(message);
            return false;
        }

        message.SendOver(wire, time.UptimeMs);
        sent();
        if (!message.NeedsAnswer)
        {
            _messages.Remove(message);
            return false;
        }

        Wake(time.UptimeMs + (ulong)settings.DelayOnRetry);
        return true;
    }
}
