using System;

namespace Helios.Device
{
    /// <summary>
    /// The chip's random number generator: nanoFramework's Random calls esp_random for every
    /// byte and knows no seed. Espressif promises true randomness only while Wi-Fi or Bluetooth
    /// is on.
    /// </summary>
    public sealed class RadioEntropy : IEntropy
    {
        private readonly Random _random = new Random();

        /// <inheritdoc/>
        public void Fill(byte[] bytes)
        {
            _random.NextBytes(bytes);
        }
    }
}
