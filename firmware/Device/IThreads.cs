using System.Threading;

namespace Helios.Device
{
    /// <summary>
    /// Time and waiting. Nothing else in the firmware waits or reads a clock, so that the same
    /// stages run in threads on a device, and in simulated time on a computer, where time moves
    /// on when nothing is due.
    /// </summary>
    public interface IThreads
    {
        /// <summary>Milliseconds since boot. Any thread.</summary>
        ulong UptimeMs { get; }

        /// <summary>The calling stage waits in the midst of its turn; the others go on.</summary>
        /// <param name="ms">At least, 1 or more.</param>
        void Wait(uint ms);

        /// <summary>A signal for one stage, made before the stage that is to be woken.</summary>
        IWakeSignal CreateSignal();

        /// <summary>Runs a stage from now on until the device restarts.</summary>
        /// <param name="stage">Its first turn comes at once.</param>
        /// <param name="signal">Wakes it; made by <see cref="CreateSignal"/>.</param>
        /// <param name="priority">Against the other stages.</param>
        void Start(GuardedStage stage, IWakeSignal signal, ThreadPriority priority);
    }
}
