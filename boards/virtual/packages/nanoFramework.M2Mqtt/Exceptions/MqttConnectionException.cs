namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>TCP or TLS failed.</summary>
public class MqttConnectionException(string message, Exception innerException)
    : Exception(message, innerException);
