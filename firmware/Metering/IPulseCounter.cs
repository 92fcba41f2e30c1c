namespace Helios.Metering
{
    /// <summary>
    /// A counter in hardware (on the ESP32 the PCNT behind GpioPulseCounter) that goes on counting
    /// whatever the program does. Started once at boot and never reset, since a reset loses the
    /// pulses between reading and clearing.
    /// </summary>
    public interface IPulseCounter
    {
        /// <summary>
        /// Pulses since the counter was started at this boot. Returns at once and does not throw.
        /// A single value may be wrong by 32,767 either way while the hardware counter overflows.
        /// </summary>
        ulong Read();
    }
}
