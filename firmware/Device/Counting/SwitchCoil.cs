using System.Device.Gpio;

namespace Helios.Device
{
    /// <summary>
    /// The load switch's coil, held through a charge pump by rising edges on its pin: none for
    /// 1.88 s at the most (boards/README.md), and the switch is open, whatever froze. Counting
    /// thread only.
    /// </summary>
    public sealed class SwitchCoil
    {
        /// <summary>Time between two calls of <see cref="Pulse"/> while closed, ms.</summary>
        public const ulong PulseMs = 250;

        /// <summary>
        /// Time between two calls from which on the circuit may have let go, ms: it holds for
        /// 0.79 s after a rising edge at the least (boards/README.md), and the last one may be a
        /// call old.
        /// </summary>
        public const ulong GapMsMax = 500;

        private readonly GpioPin _pin;
        private ulong _pulsedUptimeMs;
        private bool _isHigh;

        /// <param name="pin">Opened as an output; low at rest.</param>
        public SwitchCoil(GpioPin pin)
        {
            _pin = pin;
            _pin.Write(PinValue.Low);
        }

        /// <summary>True from Close to Open, or until the pulses came too late.</summary>
        public bool IsClosed { get; private set; }

        /// <summary>Closes it: the pulses begin.</summary>
        public void Close(ulong uptimeMs)
        {
            IsClosed = true;
            _pulsedUptimeMs = uptimeMs;
            Toggle();
        }

        /// <summary>Opens it: no pulse from now on.</summary>
        public void Open()
        {
            IsClosed = false;
            _isHigh = false;
            _pin.Write(PinValue.Low);
        }

        /// <summary>
        /// The next edge, if it is closed. After a gap in which the circuit may have let go it
        /// stays open: whoever wants it closed decides that anew.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <returns>0, or the length of a gap that was too long, ms.</returns>
        public ulong Pulse(ulong uptimeMs)
        {
            if (!IsClosed)
            {
                return 0;
            }

            ulong gapMs = uptimeMs - _pulsedUptimeMs;
            _pulsedUptimeMs = uptimeMs;
            if (gapMs >= GapMsMax)
            {
                Open();
                return gapMs;
            }

            Toggle();
            return 0;
        }

        private void Toggle()
        {
            _isHigh = !_isHigh;
            _pin.Write(_isHigh ? PinValue.High : PinValue.Low);
        }
    }
}
