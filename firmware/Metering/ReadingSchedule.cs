namespace Helios.Metering
{
    /// <summary>
    /// When a reading is due: on request, when the switch opened or energy was returned, when a
    /// whole coin is earned, once a day, and once after a restart if no relay is known to hold the
    /// last one (the outbox does not survive a restart). Used by the signing thread, but for <see
    /// cref="Request"/>.
    /// </summary>
    public sealed class ReadingSchedule
    {
        /// <summary>A day: the longest time between two readings.</summary>
        public const ulong DayMs = 86400000;

        private const ulong DaySeconds = 86400;

        private readonly object _lock = new object();
        private uint _requests;
        private uint _requestsSeen;
        private uint _requestsAnswered;
        private bool _isRepeatDue;
        private ulong _takenUptimeMs;

        /// <summary>Asks for a reading with every register exact. Any thread.</summary>
        public void Request()
        {
            lock (_lock)
            {
                _requests++;
            }
        }

        /// <summary>What was journalled last may be with nobody: it is due again.</summary>
        public void Repeat()
        {
            _isRepeatDue = true;
        }

        /// <summary>Starts the day at boot.</summary>
        public void Start(ulong uptimeMs)
        {
            _takenUptimeMs = uptimeMs;
        }

        /// <summary>Why a reading is due now, if it is.</summary>
        /// <param name="record">What was signed before.</param>
        /// <param name="isCoinEarned">Export has passed a point of the grid since then.</param>
        /// <param name="time">Now.</param>
        public ReadingOccasion Due(JournalRecord record, bool isCoinEarned, MeterTime time)
        {
            // Seen here, answered when the reading is journalled: a request between the two asks
            // again.
            lock (_lock)
            {
                _requestsSeen = _requests;
            }

            if (_requestsSeen != _requestsAnswered || record.Supply.IsReadingDue)
            {
                return ReadingOccasion.Requested;
            }

            if (record.Supply.IsImportDue)
            {
                return ReadingOccasion.ImportDue;
            }

            if (isCoinEarned)
            {
                return ReadingOccasion.CoinEarned;
            }

            if (_isRepeatDue)
            {
                return ReadingOccasion.Unacknowledged;
            }

            return IsDayOver(record, time) ? ReadingOccasion.Daily : ReadingOccasion.None;
        }

        /// <summary>
        /// A reading was journalled: it answers all requests seen, and the day starts.
        /// </summary>
        public void Taken(ulong uptimeMs)
        {
            _takenUptimeMs = uptimeMs;
            _isRepeatDue = false;
            _requestsAnswered = _requestsSeen;
        }

        private bool IsDayOver(JournalRecord record, MeterTime time)
        {
            if (time.UptimeMs - _takenUptimeMs >= DayMs)
            {
                return true;
            }

            // A meter that restarts daily would never see a day of uptime. Only a synchronised
            // clock may say so, since one that jumped ahead would ask for a reading at every jump.
            return time.TimeStatus == ReadingStatus.TimeSynchronised
                && time.UnixSeconds >= record.SignedTakenAt + DaySeconds;
        }
    }
}
