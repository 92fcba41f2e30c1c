namespace Helios.Device
{
    /// <summary>The device's threads, highest priority first.</summary>
    public enum StageName
    {
        /// <summary>Counts impulses, holds the coil, feeds the watchdog; never blocks.</summary>
        Counting,

        /// <summary>Owns the journal and the key; waits for flash and signatures.</summary>
        Signing,

        /// <summary>Wi-Fi, time and MQTT; may block for as long as the network wants.</summary>
        Network,
    }
}
