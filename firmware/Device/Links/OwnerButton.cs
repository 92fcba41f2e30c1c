namespace Helios.Device
{
    /// <summary>
    /// The owner's one button: pressed for a moment it opens the load switch by hand or releases
    /// it, held for five seconds it returns what is open. Looked at by the counting stage, obeyed
    /// by the signing stage.
    /// </summary>
    public sealed class OwnerButton
    {
        /// <summary>Held for so long, it returns, ms.</summary>
        public const ulong HeldMs = 5000;

        private readonly object _lock = new object();
        private readonly IWakeSignal _signing;
        private ulong _pressedUptimeMs;
        private bool _isPressed;
        private bool _isUsed;
        private ButtonPress _waiting;

        /// <param name="signing">Wakes the stage that obeys.</param>
        public OwnerButton(IWakeSignal signing)
        {
            _signing = signing;
        }

        /// <summary>Counting stage, in each turn.</summary>
        /// <param name="isActive">Whether it is pressed, or was since the last turn.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public void Look(bool isActive, ulong uptimeMs)
        {
            if (isActive && !_isPressed)
            {
                _pressedUptimeMs = uptimeMs;
                _isUsed = false;
            }

            // Once each time that it is held, at once and not when it is let go.
            if (isActive && _isPressed && !_isUsed && uptimeMs - _pressedUptimeMs >= HeldMs)
            {
                _isUsed = true;
                Pressed(ButtonPress.Held);
            }

            if (!isActive && _isPressed && !_isUsed)
            {
                Pressed(ButtonPress.Moment);
            }

            _isPressed = isActive;
        }

        /// <summary>Signing stage: what the owner did since the last call.</summary>
        public ButtonPress Take()
        {
            lock (_lock)
            {
                ButtonPress press = _waiting;
                _waiting = ButtonPress.None;
                return press;
            }
        }

        private void Pressed(ButtonPress press)
        {
            lock (_lock)
            {
                _waiting = press;
            }

            _signing.Raise();
        }
    }
}
