using System;

namespace Helios.Device
{
    /// <summary>
    /// Decides what becomes of the device after an exception that nobody expected.
    /// </summary>
    public interface IFaultHandler
    {
        /// <summary>
        /// A stage threw: the registers are to be stored and the device restarted.
        /// </summary>
        /// <param name="stage">Which one.</param>
        /// <param name="exception">What it threw.</param>
        /// <param name="uptimeMs">Milliseconds since boot, now.</param>
        /// <returns>
        /// Uptime in ms at which the stage may have a turn again if the device still runs.
        /// </returns>
        ulong Failed(StageName stage, Exception exception, ulong uptimeMs);
    }
}
