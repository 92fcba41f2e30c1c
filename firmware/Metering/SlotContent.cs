namespace Helios.Metering
{
    /// <summary>What stands in one slot of the journal.</summary>
    public enum SlotContent
    {
        /// <summary>A record that this firmware wrote and that is whole.</summary>
        Valid,

        /// <summary>Nothing, half a write, or flash that aged.</summary>
        Unreadable,

        /// <summary>A whole record of another version: never overwritten.</summary>
        OtherVersion,
    }
}
