namespace Helios.Device
{
    /// <summary>Which firmware this is; the assembly says the same.</summary>
    public static class FirmwareVersion
    {
        /// <summary>Major, minor, patch.</summary>
        public const string Text = "1.0.0";
    }
}
