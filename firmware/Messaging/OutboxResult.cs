namespace Helios.Messaging
{
    /// <summary>What became of a reading put into the outbox.</summary>
    public enum OutboxResult
    {
        /// <summary>Kept, with every other.</summary>
        Kept,

        /// <summary>Kept; the outbox was full and let its oldest go.</summary>
        KeptAndOldestDropped,

        /// <summary>Refused: its pagination is not above the newest one.</summary>
        NotNewer,
    }
}
