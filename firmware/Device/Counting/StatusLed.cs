using System.Device.Gpio;
using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// What a person at the meter sees: 8 steps of a second, over and over.
    /// <list type="bullet">
    /// <item>one flash in 8 s: counts, signs, and a broker is connected</item>
    /// <item>two flashes: counts and signs, no broker</item>
    /// <item>every other second: counts and does not sign, see the console</item>
    /// <item>steady: about to restart</item>
    /// </list>
    /// Dark or frozen: not running.
    /// </summary>
    public sealed class StatusLed
    {
        private const int Connected = 0b00000001;
        private const int Alone = 0b00000101;
        private const int NotSigning = 0b01010101;
        private const int Restarting = 0b11111111;

        private const ulong StepMs = 1000;
        private const ulong Steps = 8;

        private readonly GpioPin _pin;
        private readonly bool _isLitHigh;
        private readonly StageLinks _links;

        /// <param name="pin">Opened as an output.</param>
        /// <param name="isLitHigh">Which level lights it.</param>
        /// <param name="links">How the device is.</param>
        public StatusLed(GpioPin pin, bool isLitHigh, StageLinks links)
        {
            _pin = pin;
            _isLitHigh = isLitHigh;
            _links = links;
        }

        /// <summary>Lights it or not, as the pattern has it at this moment.</summary>
        public void Show(ulong uptimeMs)
        {
            int step = (int)(uptimeMs / StepMs % Steps);
            bool isLit = ((Pattern() >> step) & 1) != 0;
            _pin.Write(isLit == _isLitHigh ? PinValue.High : PinValue.Low);
        }

        private int Pattern()
        {
            if (_links.Restart.Cause != RestartCause.None)
            {
                return Restarting;
            }

            if (_links.Condition.Meter != MeterState.Ready)
            {
                return NotSigning;
            }

            return _links.Condition.IsConnected ? Connected : Alone;
        }
    }
}
