namespace Helios.Device
{
    /// <summary>What the key's files hold.</summary>
    public enum KeyResult
    {
        /// <summary>A key, in both files if they can be written.</summary>
        Found,

        /// <summary>There is neither file.</summary>
        Missing,

        /// <summary>There is a file, and no file is whole; or two keys.</summary>
        Damaged,

        /// <summary>A file could not be read, or not be written and read back.</summary>
        StorageFailed,
    }
}
