namespace Helios.Device
{
    /// <summary>Where the network stage is on its way to the broker.</summary>
    public enum NetworkState
    {
        /// <summary>The journal is not opened yet: nobody knows how long to wait.</summary>
        Starting,

        /// <summary>Until the back-off is over.</summary>
        Resting,

        /// <summary>The journal is being written before the link is made.</summary>
        StoringForLink,

        /// <summary>In the network, without an address yet.</summary>
        AwaitingAddress,

        /// <summary>The journal is being written, then the time server asked.</summary>
        AskingTime,

        /// <summary>The meter's key is not made yet, so it has no topics.</summary>
        AwaitingIdentity,

        /// <summary>The journal is being written before the broker is looked up.</summary>
        StoringForBroker,

        /// <summary>Connected; subscribing, then online.</summary>
        Connected,
    }
}
