namespace Helios.Metering
{
    /// <summary>One moment, as the caller's clocks have it. Never changes.</summary>
    public sealed class MeterTime
    {
        /// <param name="uptimeMs">Milliseconds since boot; never goes backward.</param>
        /// <param name="unixSeconds">Unix seconds as the meter believes them, 40 bits.</param>
        /// <param name="timeStatus">How far to believe them: TimeUnknown to TimeRelative.</param>
        public MeterTime(ulong uptimeMs, ulong unixSeconds, ushort timeStatus)
        {
            UptimeMs = uptimeMs;
            UnixSeconds = unixSeconds;
            TimeStatus = timeStatus;
        }

        /// <summary>
        /// Milliseconds since boot: for intervals, whatever SNTP does to the clock.
        /// </summary>
        public ulong UptimeMs { get; }

        /// <summary>Unix seconds: only for what a reading says of its time.</summary>
        public ulong UnixSeconds { get; }

        /// <summary>The low two bits of <see cref="Reading.Status"/>.</summary>
        public ushort TimeStatus { get; }
    }
}
