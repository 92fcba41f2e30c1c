using System;
using System.Device.Gpio;
using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// A pulse line on a counter of the chip (PCNT): made once at boot, never reset and never
    /// given back, since the driver loses pulses at a reset and never frees a unit. Its own filter
    /// is left alone: it ends at a microsecond, and the input circuit filters milliseconds.
    /// </summary>
    public sealed class PulseCounter : IPulseCounter
    {
        private readonly GpioPulseCounter _counter;

        private PulseCounter(GpioPulseCounter counter)
        {
            _counter = counter;
        }

        /// <summary>Starts counting; null on a chip that has no counter left for it.</summary>
        /// <param name="pin">The pulse line's GPIO.</param>
        /// <param name="isFallingEdge">Which edge is an impulse.</param>
        public static PulseCounter TryStart(int pin, bool isFallingEdge)
        {
            try
            {
                GpioPulseCounter counter = new GpioPulseCounter(pin);
                counter.Polarity = isFallingEdge
                    ? GpioPulsePolarity.Falling
                    : GpioPulsePolarity.Rising;
                counter.Start();
                return new PulseCounter(counter);
            }
            catch (NotImplementedException)
            {
                // What the driver throws on a chip without PCNT.
                return null;
            }
            catch (NotSupportedException)
            {
                // No unit is left, or the image has no driver.
                return null;
            }
        }

        /// <inheritdoc/>
        public ulong Read()
        {
            // Below 0 only while the counter overflows: read again by whoever asks.
            return SignCrossing.ToUnsigned(_counter.Read().Count);
        }
    }
}
