using System;

namespace Helios.Device
{
    /// <summary>
    /// After an exception in a stage: the signing stage stores and restarts. If it is the one that
    /// threw, it goes on with nothing but that. A counting stage that threw is asked again every
    /// second, so that its impulses are in what is stored; a network stage rests.
    /// </summary>
    public sealed class FaultHandler : IFaultHandler
    {
        private const ulong RetryMs = 1000;

        private readonly StageLinks _links;
        private readonly RestartSequence _restart;

        /// <param name="links">Trace and order.</param>
        /// <param name="restart">What is ordered.</param>
        public FaultHandler(StageLinks links, RestartSequence restart)
        {
            _links = links;
            _restart = restart;
        }

        /// <inheritdoc/>
        public ulong Failed(StageName stage, Exception exception, ulong uptimeMs)
        {
            bool isFirst = _links.Restart.Cause == RestartCause.None;
            if (isFirst)
            {
                _links.Trace.Add(TraceCode.Fault, (byte)stage, uptimeMs);
                _links.Restart.Ask(RestartCause.Fault, uptimeMs);
            }

            _restart.EndIfOverdue(uptimeMs);
            if (stage == StageName.Network)
            {
                return GuardedStage.Never;
            }

            return isFirst && stage == StageName.Signing ? uptimeMs : uptimeMs + RetryMs;
        }
    }
}
