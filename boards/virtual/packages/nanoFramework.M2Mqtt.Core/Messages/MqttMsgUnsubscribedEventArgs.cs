namespace nanoFramework.M2Mqtt.Messages;

/// <summary>The answer to the end of a subscription.</summary>
public class MqttMsgUnsubscribedEventArgs(ushort messageId) : EventArgs
{
    /// <summary>The id that Unsubscribe returned.</summary>
    public ushort MessageId { get; } = messageId;
}
