using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// The time of day: a time server's last answer, carried on by the uptime. Any thread may ask;
    /// each call is a few assignments under a lock.
    /// <para>
    /// Nobody signs an SNTP answer. One alone makes the time informative; synchronised takes two in
    /// a row that agree with the uptime between them, the newer not older than a day. Who owns the
    /// network can still shift it: nothing is minted for time.
    /// </para>
    /// </summary>
    public sealed class DeviceClock
    {
        /// <summary>
        /// Age of the last answer up to which the time is synchronised, ms: a day. An ESP32's
        /// crystal, 10 ppm at room temperature and 40 ppm at the worst,
        /// drifts 4 s in it, against readings in quarter hours.
        /// </summary>
        public const ulong SynchronisedMsMax = 86400000;

        /// <summary>Two answers agree if they differ by this at most, ms, besides drift.</summary>
        public const ulong AgreementMs = 2000;

        // Drift allowed between two answers, as a part of the time between them: 100 ppm.
        private const ulong DriftDivisor = 10000;

        private readonly object _lock = new object();
        private bool _isKnown;
        private bool _isConfirmed;
        private ulong _unixMs;
        private ulong _uptimeMs;

        /// <summary>True once an answer came.</summary>
        public bool IsKnown
        {
            get
            {
                lock (_lock)
                {
                    return _isKnown;
                }
            }
        }

        /// <summary>A time server answered.</summary>
        /// <param name="unixMs">Milliseconds since 1970 at that uptime.</param>
        /// <param name="uptimeMs">Milliseconds since boot, not before the last answer.</param>
        public void Learn(ulong unixMs, ulong uptimeMs)
        {
            lock (_lock)
            {
                _isConfirmed = _isKnown && Agrees(unixMs, uptimeMs);
                _isKnown = true;
                _unixMs = unixMs;
                _uptimeMs = uptimeMs;
            }
        }

        /// <summary>The moment at an uptime; 1970 and unknown before an answer.</summary>
        public MeterTime At(ulong uptimeMs)
        {
            lock (_lock)
            {
                return _isKnown
                    ? new MeterTime(uptimeMs, UnixMsAt(uptimeMs) / 1000, StatusAt(uptimeMs))
                    : new MeterTime(uptimeMs, 0, ReadingStatus.TimeUnknown);
            }
        }

        private ushort StatusAt(ulong uptimeMs)
        {
            // A thread may ask with an uptime taken just before the answer was learnt.
            bool isFresh = uptimeMs < _uptimeMs || uptimeMs - _uptimeMs <= SynchronisedMsMax;
            return _isConfirmed && isFresh
                ? ReadingStatus.TimeSynchronised
                : ReadingStatus.TimeInformative;
        }

        private bool Agrees(ulong unixMs, ulong uptimeMs)
        {
            ulong carriedMs = UnixMsAt(uptimeMs);
            ulong differenceMs = unixMs > carriedMs ? unixMs - carriedMs : carriedMs - unixMs;
            return differenceMs <= AgreementMs + (uptimeMs - _uptimeMs) / DriftDivisor;
        }

        // In this order nothing falls below zero for an uptime taken just before the answer.
        private ulong UnixMsAt(ulong uptimeMs)
        {
            return _unixMs + uptimeMs - _uptimeMs;
        }
    }
}
