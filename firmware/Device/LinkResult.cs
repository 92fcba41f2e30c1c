namespace Helios.Device
{
    /// <summary>What became of an attempt to bring the link up.</summary>
    public enum LinkResult
    {
        /// <summary>Up, with an address.</summary>
        Up,

        /// <summary>No network name is stored on the board.</summary>
        NoCredentials,

        /// <summary>The network was not found, refused or gave no address.</summary>
        Failed,
    }
}
