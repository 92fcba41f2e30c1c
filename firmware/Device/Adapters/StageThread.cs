namespace Helios.Device
{
    /// <summary>The loop of one stage's thread.</summary>
    internal sealed class StageThread
    {
        // One tick of the image's scheduler: a stage that wants its next turn at once, time and
        // again, still leaves time to those below it.
        private const ulong WaitMsMin = 10;

        // The longest single wait; a later turn is waited for in several.
        private const ulong WaitMsMax = 60000;

        private readonly IThreads _threads;
        private readonly GuardedStage _stage;
        private readonly EventSignal _signal;

        public StageThread(IThreads threads, GuardedStage stage, EventSignal signal)
        {
            _threads = threads;
            _stage = stage;
            _signal = signal;
        }

        /// <summary>Until the stage needs no more turns.</summary>
        public void Run()
        {
            ulong due = _stage.Turn(_threads.UptimeMs);
            while (due != GuardedStage.Never)
            {
                _signal.Wait(WaitMs(due, _threads.UptimeMs));
                due = _stage.Turn(_threads.UptimeMs);
            }
        }

        private static int WaitMs(ulong dueUptimeMs, ulong uptimeMs)
        {
            ulong ms = dueUptimeMs > uptimeMs ? dueUptimeMs - uptimeMs : 0;
            ms = ms > WaitMsMin ? ms : WaitMsMin;
            return (int)(ms < WaitMsMax ? ms : WaitMsMax);
        }
    }
}
