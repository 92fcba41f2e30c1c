using System;

namespace Helios.Device
{
    /// <summary>
    /// A stage whose exceptions end in a restart with the registers stored, never in a thread that
    /// is silently gone: on nanoFramework an uncaught exception ends its own thread only.
    /// </summary>
    public sealed class GuardedStage
    {
        private readonly IStage _stage;
        private readonly IFaultHandler _faults;

        /// <param name="name">For the trace: one of <see cref="StageName"/>.</param>
        /// <param name="stage">What is guarded.</param>
        /// <param name="faults">Told of every exception.</param>
        public GuardedStage(StageName name, IStage stage, IFaultHandler faults)
        {
            Name = name;
            _stage = stage;
            _faults = faults;
        }

        /// <summary>Which stage it is.</summary>
        public StageName Name { get; }

        /// <summary>One turn. Throws nothing.</summary>
        /// <param name="uptimeMs">Milliseconds since boot, now.</param>
        /// <returns>Uptime in ms of the next turn at the latest.</returns>
        public ulong Turn(ulong uptimeMs)
        {
            try
            {
                return _stage.Turn(uptimeMs);
            }
            catch (Exception exception)
            {
                return _faults.Failed(Name, exception, uptimeMs);
            }
        }
    }
}
