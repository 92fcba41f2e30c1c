namespace Helios.Device
{
    /// <summary>
    /// Small files by name on the board's flash, read and written whole. Its methods do not throw:
    /// what goes wrong inside becomes <see cref="FlashResult.Failed"/>.
    /// </summary>
    public interface IFlash
    {
        /// <summary>Reads a file whole.</summary>
        /// <param name="name">Letters, digits and dots, without a drive.</param>
        /// <param name="bytes">Filled from its start; the rest is left as it is.</param>
        /// <param name="length">Bytes read; 0 unless Done.</param>
        FlashResult Read(string name, byte[] bytes, out int length);

        /// <summary>
        /// Replaces a file by these bytes as a whole and closes it, since littlefs makes data
        /// durable only then. A power cut may leave any mixture, but touches no other file.
        /// </summary>
        FlashResult Write(string name, byte[] bytes);
    }
}
