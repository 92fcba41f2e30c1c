namespace nanoFramework.M2Mqtt.Messages;

/// <summary>The answer to a subscription.</summary>
public class MqttMsgSubscribedEventArgs(ushort messageId, MqttQoSLevel[] grantedQosLevels)
    : EventArgs
{
    /// <summary>The id that Subscribe returned.</summary>
    public ushort MessageId { get; internal set; } = messageId;

    /// <summary>What was granted, topic by topic.</summary>
    public MqttQoSLevel[] GrantedQoSLevels { get; internal set; } = grantedQosLevels;
}
