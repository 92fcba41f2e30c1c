namespace Helios.Device
{
    /// <summary>
    /// Wi-Fi with an address: the network's credentials stay in the board's own store. Its members
    /// do not throw.
    /// </summary>
    public interface INetworkLink
    {
        /// <summary>True while the link is up and has an address. Returns at once.</summary>
        bool IsUp { get; }

        /// <summary>
        /// Brings the link up with the stored credentials. May block every thread of the device
        /// for the 20 s that the platform allows a connection.
        /// </summary>
        LinkResult Connect();

        /// <summary>
        /// Lets the link go and stops trying: after a failure, so that nothing but this firmware
        /// decides when the next attempt is due. Returns at once.
        /// </summary>
        void Drop();
    }
}
