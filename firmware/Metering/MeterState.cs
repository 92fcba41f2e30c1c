namespace Helios.Metering
{
    /// <summary>Whether a meter may sign. In every state it counts.</summary>
    public enum MeterState
    {
        /// <summary>Not opened yet, or shut down.</summary>
        Closed,

        /// <summary>Journal and configuration agree, both slots can be written.</summary>
        Ready,

        /// <summary>A new device: no journal and no key. It is to be provisioned.</summary>
        Unprovisioned,

        /// <summary>
        /// There is a key but no readable journal: what it signed before is unknown.
        /// </summary>
        JournalLost,

        /// <summary>
        /// There is an enrolled journal but no key; it is never replaced silently.
        /// </summary>
        KeyLost,

        /// <summary>The journal was written by another version of the firmware.</summary>
        JournalOfOtherVersion,

        /// <summary>
        /// The configuration is not the one that the journal was provisioned with.
        /// </summary>
        ConfigurationDiffers,

        /// <summary>
        /// There is no sound configuration: it counts with what the journal fixed.
        /// </summary>
        NotConfigured,

        /// <summary>A slot could not be written; the meter tries again every minute.</summary>
        StorageFailed,

        /// <summary>
        /// The secure element does not answer, or not clearly; it is asked again every minute.
        /// </summary>
        ElementSilent,

        /// <summary>
        /// The journal does not fit the element's counter: it is of an earlier day, or of another
        /// element.
        /// </summary>
        JournalDiffersFromElement,

        /// <summary>The element's counter has reached its end.</summary>
        ElementUsedUp,
    }
}
