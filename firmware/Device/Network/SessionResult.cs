namespace Helios.Device
{
    /// <summary>
    /// What became of an attempt to reach the broker. The trace tells the number.
    /// </summary>
    public enum SessionResult
    {
        /// <summary>Connected; the subscription is under way.</summary>
        Opened = 0,

        /// <summary>The broker's name has no address, or nobody told it.</summary>
        NameUnknown = 1,

        /// <summary>TCP or TLS failed: no way, nobody there, or a certificate refused.</summary>
        Unreachable = 2,

        /// <summary>It took the connection and did not answer CONNECT.</summary>
        Mute = 3,

        /// <summary>It answered CONNECT with a refusal.</summary>
        Refused = 4,

        /// <summary>Anything else, memory used up among it.</summary>
        Failed = 5,

        /// <summary>Not tried: TLS needs the time, and no time server answered.</summary>
        TimeUnknown = 6,
    }
}
