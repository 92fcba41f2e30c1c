namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>The caller did something wrong.</summary>
/// <param name="errorCode">What.</param>
public class MqttClientException(MqttClientErrorCode errorCode) : Exception
{
    /// <summary>What.</summary>
    public MqttClientErrorCode ErrorCode { get; set; } = errorCode;
}
