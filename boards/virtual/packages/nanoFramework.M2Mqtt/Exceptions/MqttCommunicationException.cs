namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>Sending or receiving failed, or no answer came.</summary>
public class MqttCommunicationException : Exception
{
    /// <summary>No answer came.</summary>
    public MqttCommunicationException()
    {
    }

    /// <summary>Sending or receiving failed.</summary>
    public MqttCommunicationException(Exception e)
        : base(string.Empty, e)
    {
    }
}
