using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// The time of day, as the network stage learnt it, carried on by the uptime. Any thread may
    /// ask; each call is a few assignments under a lock.
    /// </summary>
    public sealed class DeviceClock
    {
        private readonly object _lock = new object();
        private ulong _unixMs;
        private ulong _uptimeMs;
        private ushort _timeStatus = ReadingStatus.TimeUnknown;

        /// <summary>Sets the clock.</summary>
        /// <param name="unixMs">Milliseconds since 1970 at that uptime.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <param name="timeStatus">
        /// How far to believe it: one of <see cref="ReadingStatus"/>, TimeUnknown to TimeRelative.
        /// </param>
        public void Set(ulong unixMs, ulong uptimeMs, ushort timeStatus)
        {
            lock (_lock)
            {
                _unixMs = unixMs;
                _uptimeMs = uptimeMs;
                _timeStatus = timeStatus;
            }
        }

        /// <summary>The moment at an uptime; 1970 and unknown before the clock was set.</summary>
        public MeterTime At(ulong uptimeMs)
        {
            lock (_lock)
            {
                if (_timeStatus == ReadingStatus.TimeUnknown)
                {
                    return new MeterTime(uptimeMs, 0, ReadingStatus.TimeUnknown);
                }

                ulong unixMs = _unixMs + uptimeMs - _uptimeMs;
                return new MeterTime(uptimeMs, unixMs / 1000, _timeStatus);
            }
        }
    }
}
