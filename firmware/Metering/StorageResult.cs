namespace Helios.Metering
{
    /// <summary>How a read or a write of one journal slot went.</summary>
    public enum StorageResult
    {
        /// <summary>
        /// The storage reports success. The journal still reads back what it wrote.
        /// </summary>
        Done,

        /// <summary>Nothing is known of the slot: missing, locked, full or broken.</summary>
        Failed,
    }
}
