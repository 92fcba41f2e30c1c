namespace Helios.Boards.Hardware;

/// <summary>Who hears what a broker answers.</summary>
public interface IMqttReceiver
{
    /// <summary>CONNACK with its return code; 0 is success.</summary>
    void Connected(int returnCode);

    /// <summary>PUBACK.</summary>
    void PublishAcknowledged(ushort id);

    /// <summary>SUBACK with the granted levels.</summary>
    void SubscribeAcknowledged(ushort id, byte[] qosLevels);

    /// <summary>UNSUBACK.</summary>
    void UnsubscribeAcknowledged(ushort id);

    /// <summary>PINGRESP.</summary>
    void PingAnswered();

    /// <summary>PUBLISH; the wire has answered it.</summary>
    void Received(MqttPublication publication);

    /// <summary>The peer closed, or the network told that the connection is gone.</summary>
    void Lost();
}
