namespace Helios.Device
{
    /// <summary>What became of an attempt to bring the link up.</summary>
    public enum LinkResult
    {
        /// <summary>Up, with an address.</summary>
        Up,

        /// <summary>In the network; the address is to come, or never does.</summary>
        AddressPending,

        /// <summary>No network name is stored on the board.</summary>
        NoCredentials,

        /// <summary>The network was not found, or refused.</summary>
        Failed,
    }
}
