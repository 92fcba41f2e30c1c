namespace Helios.Messaging
{
    /// <summary>How far a drain of the outbox came.</summary>
    public enum DrainResult
    {
        /// <summary>Every reading was handed over, now or before.</summary>
        AllHandedOver,

        /// <summary>The network refused one; it and the later ones wait.</summary>
        Refused,
    }
}
