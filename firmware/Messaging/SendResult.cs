namespace Helios.Messaging
{
    /// <summary>Whether the network took a message.</summary>
    public enum SendResult
    {
        /// <summary>Handed over. Whether it arrives, only an acknowledgement tells.</summary>
        HandedOver,

        /// <summary>Not connected, or its queue is full: to be tried again later.</summary>
        Refused,
    }
}
