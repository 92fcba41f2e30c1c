namespace Helios.Device
{
    /// <summary>The device's own power.</summary>
    public interface IPower
    {
        /// <summary>
        /// Restarts the whole device, its counters too. On a device it does not return; on a
        /// simulated board no stage has a turn after it.
        /// </summary>
        void Restart();
    }
}
