namespace Helios.Metering
{
    /// <summary>What the journal found at boot.</summary>
    public enum JournalOpening
    {
        /// <summary>The newest record stands in both slots.</summary>
        Opened,

        /// <summary>
        /// There is a newest record, but the other slot could not be made like it.
        /// </summary>
        OpenedOneSlot,

        /// <summary>Neither slot holds a record: never provisioned, or lost.</summary>
        Unreadable,

        /// <summary>A slot was written by another version; nothing was changed.</summary>
        OtherVersion,
    }
}
