namespace Helios.Device
{
    /// <summary>
    /// The platform's own clock. The firmware never reads it; TLS does.
    /// </summary>
    public interface ISystemClock
    {
        /// <summary>Sets it, to the second.</summary>
        /// <param name="unixMs">Milliseconds since 1970.</param>
        void Adjust(ulong unixMs);
    }
}
