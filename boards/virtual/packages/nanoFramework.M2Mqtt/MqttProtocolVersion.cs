namespace nanoFramework.M2Mqtt;

/// <summary>The version in CONNECT.</summary>
public enum MqttProtocolVersion
{
    /// <summary>3.1.</summary>
    Version_3_1 = 0x03,

    /// <summary>3.1.1, what a client begins with.</summary>
    Version_3_1_1 = 0x04,

    /// <summary>5.0.</summary>
    Version_5 = 0x05,
}
