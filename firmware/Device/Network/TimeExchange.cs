namespace Helios.Device
{
    /// <summary>
    /// Asks the time server when it is due: the journal is written, the server asked, its answer
    /// waited for, in turns of the network stage.
    /// </summary>
    public sealed class TimeExchange
    {
        /// <summary>How long an answer is waited for, ms.</summary>
        public const ulong AnswerMsMax = 5000;

        /// <summary>Time between looks for an answer, ms; half of it is the time's error.</summary>
        public const ulong PollMs = 100;

        /// <summary>
        /// Time until the answer that is to confirm the first one, ms: above the 15 s that RFC
        /// 4330, section 10, asks of a client at the least.
        /// </summary>
        public const ulong ConfirmMs = 64000;

        /// <summary>
        /// Time between answers, ms: 6 h, so that three in a row may be missed before a day is
        /// over.
        /// </summary>
        public const ulong PeriodMs = 21600000;

        /// <summary>Time after an answer that did not come, ms: 15 min.</summary>
        public const ulong RetryMs = 900000;

        private readonly IThreads _threads;
        private readonly ITimeSource _source;
        private readonly StageLinks _links;
        private readonly string _server;
        private bool _isStoring;
        private bool _isAwaiting;
        private ulong _endMs;

        /// <param name="threads">Time of day after a look-up that blocked.</param>
        /// <param name="source">Who asks.</param>
        /// <param name="links">The journal's request, the clock that learns, the trace.</param>
        /// <param name="server">The time server.</param>
        public TimeExchange(
            IThreads threads, ITimeSource source, StageLinks links, string server)
        {
            _threads = threads;
            _source = source;
            _links = links;
            _server = server;
        }

        /// <summary>Uptime of the next exchange, ms; 0 before the first.</summary>
        public ulong DueMs { get; private set; }

        /// <summary>True from <see cref="Begin"/> to the answer or its absence.</summary>
        public bool IsUnderWay
        {
            get { return _isStoring || _isAwaiting; }
        }

        /// <summary>Begins an exchange by asking for the journal.</summary>
        /// <param name="failedAttempts">What the journal is to say.</param>
        public void Begin(byte failedAttempts)
        {
            _links.Store.Ask(failedAttempts);
            _isStoring = true;
            _isAwaiting = false;
        }

        /// <summary>The link is gone: no answer will come. What is due stays due.</summary>
        public void Abandon()
        {
            _isStoring = false;
            _isAwaiting = false;
        }

        /// <summary>Goes on with an exchange; does nothing without one.</summary>
        /// <returns>Uptime of the next look, ms.</returns>
        public ulong Turn(ulong uptimeMs)
        {
            if (_isStoring)
            {
                return _links.Store.IsDone ? Ask() : uptimeMs + PollMs;
            }

            if (!_isAwaiting)
            {
                return DueMs;
            }

            if (_source.TryTake(out ulong unixMs))
            {
                bool isFirst = !_links.Clock.IsKnown;
                _links.Clock.Learn(unixMs, uptimeMs);
                return End(uptimeMs + (isFirst ? ConfirmMs : PeriodMs));
            }

            if (uptimeMs < _endMs)
            {
                return uptimeMs + PollMs;
            }

            _links.Trace.Add(TraceCode.TimeUnanswered, 0, uptimeMs);
            return End(uptimeMs + RetryMs);
        }

        private ulong Ask()
        {
            _isStoring = false;
            _isAwaiting = true;
            _source.Ask(_server);
            ulong askedMs = _threads.UptimeMs;
            _endMs = askedMs + AnswerMsMax;
            return askedMs + PollMs;
        }

        private ulong End(ulong dueMs)
        {
            _isAwaiting = false;
            DueMs = dueMs;
            return dueMs;
        }
    }
}
