namespace Helios.Messaging
{
    /// <summary>What one step of the <see cref="ReadingPublisher"/> did.</summary>
    public enum PublishResult
    {
        /// <summary>A reading was taken, signed and put into the outbox.</summary>
        Published,

        /// <summary>No reading is due.</summary>
        NothingDue,

        /// <summary>The meter may not sign now: see its state.</summary>
        NotTaken,

        /// <summary>
        /// The signature failed. Its pagination is skipped; the reading is due again.
        /// </summary>
        SigningFailed,
    }
}
