using Helios.Metering;

namespace Helios.Device
{
    /// <summary>The journal's two slots as files of their own, journal0 and journal1.</summary>
    public sealed class SlotFiles : IJournalStorage
    {
        private static readonly string[] Names = { "journal0", "journal1" };

        private readonly IFlash _flash;

        /// <param name="flash">Where the files are.</param>
        public SlotFiles(IFlash flash)
        {
            _flash = flash;
        }

        /// <inheritdoc/>
        public StorageResult Read(int slot, byte[] bytes)
        {
            return ResultOf(_flash.Read(Names[slot], bytes, out _));
        }

        /// <inheritdoc/>
        public StorageResult Write(int slot, byte[] bytes)
        {
            return ResultOf(_flash.Write(Names[slot], bytes));
        }

        /// <summary>
        /// True if neither file is missing. A meter's first journal is written one file after the
        /// other, so a cut in its midst leaves one at the most: two that cannot be read are those
        /// of a meter that was made.
        /// </summary>
        public static bool AreBothThere(IFlash flash)
        {
            byte[] bytes = new byte[JournalRecordCodec.Length];
            return flash.Read(Names[0], bytes, out _) != FlashResult.Missing
                && flash.Read(Names[1], bytes, out _) != FlashResult.Missing;
        }

        /// <summary>
        /// True if each file can be read, or is missing: what the storage does not give now, it
        /// may give later.
        /// </summary>
        public static bool AreReadable(IFlash flash)
        {
            byte[] bytes = new byte[JournalRecordCodec.Length];
            return flash.Read(Names[0], bytes, out _) != FlashResult.Failed
                && flash.Read(Names[1], bytes, out _) != FlashResult.Failed;
        }

        private static StorageResult ResultOf(FlashResult result)
        {
            return result == FlashResult.Done ? StorageResult.Done : StorageResult.Failed;
        }
    }
}
