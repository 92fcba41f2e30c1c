namespace Helios.Messaging
{
    /// <summary>Whoever owns the network: publishes on the meter's reading topic, QoS 1.</summary>
    public interface IReadingSender
    {
        /// <summary>Publishes a signed reading; does not throw.</summary>
        /// <param name="message">99 bytes, or 163, valid during the call only.</param>
        SendResult Send(byte[] message);
    }
}
