namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A message that came.</summary>
public class MqttMsgPublishEventArgs(
    string topic, byte[] message, bool dupFlag, MqttQoSLevel qosLevel, bool retain) : EventArgs
{
    /// <summary>Its topic.</summary>
    public string Topic { get; internal set; } = topic;

    /// <summary>Its bytes.</summary>
    public byte[] Message { get; internal set; } = message;

    /// <summary>Sent again.</summary>
    public bool DupFlag { get; internal set; } = dupFlag;

    /// <summary>How it came.</summary>
    public MqttQoSLevel QosLevel { get; internal set; } = qosLevel;

    /// <summary>The broker had kept it.</summary>
    public bool Retain { get; internal set; } = retain;
}
