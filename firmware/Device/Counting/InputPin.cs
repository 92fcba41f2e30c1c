using System.Device.Gpio;

namespace Helios.Device
{
    /// <summary>
    /// An input that is looked at in turns and, between them, by the pin's own edge events. What
    /// was active for a moment only is remembered until it is asked for.
    /// </summary>
    public sealed class InputPin
    {
        private readonly object _lock = new object();
        private readonly GpioPin _pin;
        private readonly PinValue _active;
        private readonly IWakeSignal _signal;
        private bool _wasActive;

        /// <param name="pin">Opened as an input.</param>
        /// <param name="isActiveHigh">Which level is active.</param>
        /// <param name="signal">Raised when it becomes active; null for none.</param>
        public InputPin(GpioPin pin, bool isActiveHigh, IWakeSignal signal)
        {
            _pin = pin;
            _active = isActiveHigh ? PinValue.High : PinValue.Low;
            _signal = signal;
            pin.ValueChanged += OnValueChanged;
        }

        /// <summary>True while the pin is active. Any thread.</summary>
        public bool IsActive
        {
            get { return _pin.Read() == _active; }
        }

        /// <summary>True if it is active, or was since the last call.</summary>
        public bool TakeActive()
        {
            lock (_lock)
            {
                bool wasActive = _wasActive || IsActive;
                _wasActive = false;
                return wasActive;
            }
        }

        // Runs on the package's thread of events.
        private void OnValueChanged(object sender, PinValueChangedEventArgs change)
        {
            bool isRising = change.ChangeType == PinEventTypes.Rising;
            if (isRising != (_active == PinValue.High))
            {
                return;
            }

            lock (_lock)
            {
                _wasActive = true;
            }

            if (_signal != null)
            {
                _signal.Raise();
            }
        }
    }
}
