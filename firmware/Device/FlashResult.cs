namespace Helios.Device
{
    /// <summary>What became of a file.</summary>
    public enum FlashResult
    {
        /// <summary>Read or written whole.</summary>
        Done,

        /// <summary>There is no such file.</summary>
        Missing,

        /// <summary>The file is longer than the room for it; nothing was read.</summary>
        TooLong,

        /// <summary>The storage refused or threw.</summary>
        Failed,
    }
}
