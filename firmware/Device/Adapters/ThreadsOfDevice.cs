using System;
using System.Threading;
using Helios.Metering;

namespace Helios.Device
{
    /// <summary>A thread for each stage, and the time of the image.</summary>
    public sealed class ThreadsOfDevice : IThreads
    {
        /// <inheritdoc/>
        public ulong UptimeMs
        {
            get { return SignCrossing.ToUnsigned(Environment.TickCount64); }
        }

        /// <inheritdoc/>
        public void Wait(uint ms)
        {
            // Over a wider type: the interpreter ignores a change of sign at the same width.
            long wide = ms;
            Thread.Sleep((int)wide);
        }

        /// <inheritdoc/>
        public IWakeSignal CreateSignal()
        {
            return new EventSignal();
        }

        /// <inheritdoc/>
        public void Start(GuardedStage stage, IWakeSignal signal, ThreadPriority priority)
        {
            StageThread stageThread = new StageThread(this, stage, (EventSignal)signal);
            Thread thread = new Thread(stageThread.Run);
            thread.Priority = priority;
            thread.Start();
        }
    }
}
