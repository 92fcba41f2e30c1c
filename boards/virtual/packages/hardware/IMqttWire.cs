namespace Helios.Boards.Hardware;

/// <summary>
/// A connection to a broker, packet by packet. What comes back is told to the receiver in steps of
/// the board's own time.
/// </summary>
public interface IMqttWire
{
    /// <summary>
    /// TCP, then TLS if asked for: freezes the interpreter for as long as that takes. A connection
    /// that was open before is dropped.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">
    /// Refused, unreachable, TLS failed.
    /// </exception>
    void Open(IMqttReceiver receiver);

    /// <summary>Sends CONNECT; the receiver hears CONNACK, if ever.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    void SendConnect(MqttHello hello);

    /// <summary>Sends PUBLISH; the receiver hears PUBACK, if ever.</summary>
    /// <param name="id">Message id, 0 at QoS 0.</param>
    /// <param name="publication">What is published.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    void SendPublish(ushort id, MqttPublication publication);

    /// <summary>Sends SUBSCRIBE; the receiver hears SUBACK, if ever.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    void SendSubscribe(ushort id, string[] topics, byte[] qosLevels);

    /// <summary>Sends UNSUBSCRIBE; the receiver hears UNSUBACK, if ever.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    void SendUnsubscribe(ushort id, string[] topics);

    /// <summary>Sends PINGREQ; the receiver hears PINGRESP, if ever.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    void SendPing();

    /// <summary>Sends DISCONNECT, so that no will is published.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    void SendDisconnect();

    /// <summary>
    /// Closes the socket. Without DISCONNECT before it the broker publishes the will.
    /// </summary>
    void Close();
}
