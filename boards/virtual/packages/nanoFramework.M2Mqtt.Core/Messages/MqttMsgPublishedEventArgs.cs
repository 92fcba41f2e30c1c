namespace nanoFramework.M2Mqtt.Messages;

/// <summary>What became of a message of QoS 1 or 2.</summary>
public class MqttMsgPublishedEventArgs(ushort messageId, bool isPublished) : EventArgs
{
    /// <summary>A message that was acknowledged.</summary>
    public MqttMsgPublishedEventArgs(ushort messageId)
        : this(messageId, true)
    {
    }

    /// <summary>The id that Publish returned.</summary>
    public ushort MessageId { get; set; } = messageId;

    /// <summary>False if it was given up after three attempts.</summary>
    public bool IsPublished { get; set; } = isPublished;
}
