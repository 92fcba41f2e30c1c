using System.Threading;

namespace Helios.Device
{
    /// <summary>A signal of <see cref="ThreadsOfDevice"/>.</summary>
    internal sealed class EventSignal : IWakeSignal
    {
        private readonly AutoResetEvent _event = new AutoResetEvent(false);

        /// <inheritdoc/>
        public void Raise()
        {
            _event.Set();
        }

        /// <summary>Waits for it.</summary>
        /// <param name="ms">At most.</param>
        public void Wait(int ms)
        {
            _event.WaitOne(ms, false);
        }
    }
}
