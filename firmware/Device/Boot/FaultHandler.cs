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

        private readonly IConsole _console;
        private readonly StageLinks _links;
        private readonly RestartSequence _restart;

        /// <param name="console">Where the first exception is told.</param>
        /// <param name="links">Trace and order.</param>
        /// <param name="restart">What is ordered.</param>
        public FaultHandler(IConsole console, StageLinks links, RestartSequence restart)
        {
            _console = console;
            _links = links;
            _restart = restart;
        }

        /// <summary>What kind of exception it is, and what it says.</summary>
        public static string Describe(Exception exception)
        {
            return exception.GetType().FullName + ": " + exception.Message;
        }

        /// <inheritdoc/>
        public ulong Failed(StageName stage, Exception exception, ulong uptimeMs)
        {
            bool isFirst = _links.Restart.Cause == RestartCause.None;
            if (isFirst)
            {
                _links.Trace.Add(TraceCode.Fault, (byte)stage, uptimeMs);
                _links.Restart.Ask(RestartCause.Fault, uptimeMs);
                _console.WriteLine("A fault in stage " + ((byte)stage).ToString() + ": "
                    + Describe(exception) + ". The device stores and restarts.");
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
