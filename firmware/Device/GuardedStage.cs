using System;

namespace Helios.Device
{
    /// <summary>
    /// A stage whose exceptions end in a restart with the registers stored, never in a thread that
    /// is silently gone: on nanoFramework an uncaught exception ends its own thread only.
    /// </summary>
    public sealed class GuardedStage
    {
        /// <summary>What a stage returns that needs no more turns.</summary>
        public const ulong Never = 0xFFFFFFFFFFFFFFFF;

        /// <summary>
        /// How long after its time a stage may be without counting as hung, ms: longer than the
        /// longest call that blocks every thread (DNS, four SYNs and a TLS handshake, two
        /// minutes).
        /// </summary>
        public const ulong LateMsMax = 180000;

        private readonly IStage _stage;
        private readonly IFaultHandler _faults;
        private ulong _dueUptimeMs;

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
            ulong due;
            try
            {
                due = _stage.Turn(uptimeMs);
            }
            catch (Exception exception)
            {
                due = _faults.Failed(Name, exception, uptimeMs);
            }

            _dueUptimeMs = due;
            return due;
        }

        /// <summary>True if its turn is overdue by <see cref="LateMsMax"/>. Any thread.</summary>
        public bool IsLate(ulong uptimeMs)
        {
            ulong due = _dueUptimeMs;
            return uptimeMs > due && uptimeMs - due > LateMsMax;
        }
    }
}
