namespace Helios.Device
{
    /// <summary>Random bytes for keys and jitter.</summary>
    public interface IEntropy
    {
        /// <summary>
        /// Fills with random bytes. On an ESP32 they are truly random only while the radio is on.
        /// </summary>
        void Fill(byte[] bytes);
    }
}
