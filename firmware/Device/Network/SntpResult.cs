namespace Helios.Device
{
    /// <summary>What a packet from a time server is.</summary>
    public enum SntpResult
    {
        /// <summary>A time.</summary>
        Answer,

        /// <summary>Not an answer to what was asked: forged, late or something else.</summary>
        NotOurs,

        /// <summary>The server says that it does not know the time, or wants no requests.</summary>
        NoTime,
    }
}
