namespace Helios.Metering
{
    /// <summary>
    /// Two places, 0 and 1, for one journal record each: two files on flash, or two areas of a
    /// FRAM. Its methods do not throw: what goes wrong inside becomes <see
    /// cref="StorageResult.Failed"/>.
    /// </summary>
    public interface IJournalStorage
    {
        /// <summary>
        /// Fills <paramref name="bytes"/> from the slot. A slot that holds fewer bytes leaves the
        /// rest as zeros; the checksum of the record tells.
        /// </summary>
        StorageResult Read(int slot, byte[] bytes);

        /// <summary>
        /// Replaces the slot by <paramref name="bytes"/> as a whole and closes it: on littlefs
        /// only closing makes data durable. A power cut may leave any mixture, but never touches
        /// the other slot.
        /// </summary>
        StorageResult Write(int slot, byte[] bytes);
    }
}
