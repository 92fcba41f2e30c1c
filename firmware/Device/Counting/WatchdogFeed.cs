using System.Device.Gpio;

namespace Helios.Device
{
    /// <summary>
    /// The feed of the external watchdog: one pulse with the edge that the chip sees.
    /// </summary>
    public sealed class WatchdogFeed
    {
        private readonly GpioPin _pin;
        private readonly PinValue _pulse;
        private readonly PinValue _rest;

        /// <param name="pin">Opened as an output.</param>
        /// <param name="isRisingEdge">Which edge feeds.</param>
        public WatchdogFeed(GpioPin pin, bool isRisingEdge)
        {
            _pin = pin;
            _pulse = isRisingEdge ? PinValue.High : PinValue.Low;
            _rest = isRisingEdge ? PinValue.Low : PinValue.High;
            _pin.Write(_rest);
        }

        /// <summary>One pulse: two writes, some ten microseconds apart at the least.</summary>
        public void Feed()
        {
            _pin.Write(_pulse);
            _pin.Write(_rest);
        }
    }
}
