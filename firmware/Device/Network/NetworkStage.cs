namespace Helios.Device
{
    /// <summary>
    /// The way to the broker, again and again: link, time, journal, broker. Every attempt that
    /// fails anywhere waits longer than the one before. The journal is written before each call
    /// that may block, and the stage goes on in a later turn.
    /// </summary>
    public sealed class NetworkStage : IStage
    {
        /// <summary>Time for DHCP after the radio is in, ms.</summary>
        public const ulong AddressMsMax = 15000;

        /// <summary>A connection is stable after this, ms: the back-off starts anew.</summary>
        public const ulong StableMs = 300000;

        /// <summary>Time between looks at what nobody signals, ms.</summary>
        public const ulong LookMs = 1000;

        private readonly IThreads _threads;
        private readonly INetworkLink _link;
        private readonly DeviceConfiguration _configuration;
        private readonly StageLinks _links;
        private readonly BackOff _backOff;
        private readonly TimeExchange _time;
        private readonly BrokerSupervisor _broker;
        private readonly NativeHeapWatch _heap = new NativeHeapWatch();
        private ulong _untilMs;
        private bool _isStable;

        /// <param name="platform">Link, time source, entropy and time.</param>
        /// <param name="configuration">Broker and time server.</param>
        /// <param name="links">What the other stages ask and tell.</param>
        public NetworkStage(
            Platform platform, DeviceConfiguration configuration, StageLinks links)
        {
            _threads = platform.Threads;
            _link = platform.Link;
            _configuration = configuration;
            _links = links;
            _backOff = new BackOff(platform.Entropy);
            _time = new TimeExchange(_threads, platform.Time, links, configuration.TimeServer);
            _broker = new BrokerSupervisor(configuration, links);
        }

        /// <summary>Where it is.</summary>
        public NetworkState State { get; private set; }

        /// <inheritdoc/>
        public ulong Turn(ulong uptimeMs)
        {
            switch (State)
            {
                case NetworkState.Starting:
                    return Start(uptimeMs);
                case NetworkState.Resting:
                    return uptimeMs < _untilMs ? _untilMs : BeginAttempt(uptimeMs);
                case NetworkState.StoringForLink:
                    return _links.Store.IsDone ? ConnectLink() : uptimeMs + LookMs;
                case NetworkState.AwaitingAddress:
                    return AwaitAddress(uptimeMs);
                case NetworkState.AskingTime:
                    return AwaitTime(uptimeMs);
                case NetworkState.AwaitingIdentity:
                    return AwaitIdentity(uptimeMs);
                case NetworkState.StoringForBroker:
                    return _links.Store.IsDone ? ConnectBroker() : uptimeMs + LookMs;
                default:
                    return Converse(uptimeMs);
            }
        }

        private ulong Start(ulong uptimeMs)
        {
            if (!_links.Store.IsOpen)
            {
                return uptimeMs + LookMs;
            }

            _backOff.Resume(_links.Store.FailedAttempts);
            return Rest(uptimeMs);
        }

        private ulong Rest(ulong uptimeMs)
        {
            State = NetworkState.Resting;
            _untilMs = uptimeMs + _backOff.DrawDelayMs();
            return _untilMs;
        }

        private ulong BeginAttempt(ulong uptimeMs)
        {
            _backOff.Begin();
            if (_link.IsUp)
            {
                return GoOnWithLink(uptimeMs);
            }

            State = NetworkState.StoringForLink;
            _links.Store.Ask(_backOff.Attempts);
            return uptimeMs + LookMs;
        }

        private ulong ConnectLink()
        {
            LinkResult result = _link.Connect();

            // It may have blocked: the turn's own uptime is of before.
            ulong uptimeMs = _threads.UptimeMs;
            switch (result)
            {
                case LinkResult.Up:
                    return GoOnWithLink(uptimeMs);
                case LinkResult.AddressPending:
                    State = NetworkState.AwaitingAddress;
                    _untilMs = uptimeMs + AddressMsMax;
                    return uptimeMs + LookMs;
                default:
                    return Fail(TraceCode.LinkFailed, (byte)result, uptimeMs);
            }
        }

        private ulong AwaitAddress(ulong uptimeMs)
        {
            if (_link.IsUp)
            {
                return GoOnWithLink(uptimeMs);
            }

            return uptimeMs < _untilMs
                ? uptimeMs + LookMs
                : Fail(TraceCode.LinkFailed, (byte)LinkResult.AddressPending, uptimeMs);
        }

        private ulong GoOnWithLink(ulong uptimeMs)
        {
            if (!IsTimeMissing && uptimeMs < _time.DueMs)
            {
                State = NetworkState.AwaitingIdentity;
                return uptimeMs;
            }

            State = NetworkState.AskingTime;
            _time.Begin(_backOff.Attempts);
            return uptimeMs + LookMs;
        }

        private ulong AwaitTime(ulong uptimeMs)
        {
            ulong nextMs = _time.Turn(uptimeMs);
            if (_time.IsUnderWay)
            {
                return nextMs;
            }

            if (IsTimeMissing)
            {
                return Fail(TraceCode.BrokerFailed, (byte)SessionResult.TimeUnknown, uptimeMs);
            }

            State = NetworkState.AwaitingIdentity;
            return uptimeMs;
        }

        private ulong AwaitIdentity(ulong uptimeMs)
        {
            if (!_link.IsUp)
            {
                return Fail(
                    TraceCode.ConnectionLost, (byte)SessionCondition.LinkDown, uptimeMs);
            }

            if (_links.Identity.Address == null)
            {
                return uptimeMs + LookMs;
            }

            State = NetworkState.StoringForBroker;
            _links.Store.Ask(_backOff.Attempts);
            return uptimeMs + LookMs;
        }

        private ulong ConnectBroker()
        {
            _heap.Look();
            SessionResult result = _broker.Open(_links.Identity.Address, _threads.UptimeMs);
            ulong uptimeMs = _threads.UptimeMs;
            if (result != SessionResult.Opened)
            {
                uint argument = ((uint)_broker.RefusalCode << 8) + (uint)(byte)result;
                return Fail(TraceCode.BrokerFailed, argument, uptimeMs);
            }

            State = NetworkState.Connected;
            _isStable = false;
            _untilMs = uptimeMs + StableMs;
            return uptimeMs;
        }

        private ulong Converse(ulong uptimeMs)
        {
            SessionCondition condition = _link.IsUp
                ? _broker.Turn(uptimeMs, _backOff.Attempts)
                : SessionCondition.LinkDown;
            switch (condition)
            {
                case SessionCondition.Subscribing:
                    return uptimeMs + LookMs;
                case SessionCondition.Online:
                    return StayOnline(uptimeMs);
                default:
                    return Fail(TraceCode.ConnectionLost, (byte)condition, uptimeMs);
            }
        }

        private ulong StayOnline(ulong uptimeMs)
        {
            if (!_links.Condition.IsConnected)
            {
                _links.Condition.IsConnected = true;
                _links.Trace.Add(TraceCode.Connected, _backOff.Attempts, uptimeMs);
            }

            if (!_isStable && uptimeMs >= _untilMs)
            {
                _isStable = true;
                _backOff.Reset();
                _links.Store.Forget();
            }

            if (!_time.IsUnderWay && uptimeMs >= _time.DueMs)
            {
                _time.Begin(_backOff.Attempts);
            }

            ulong nextMs = uptimeMs + LookMs;
            ulong timeMs = _time.Turn(uptimeMs);
            return timeMs < nextMs ? timeMs : nextMs;
        }

        private ulong Fail(TraceCode code, uint argument, ulong uptimeMs)
        {
            _broker.Close();
            _time.Abandon();
            _links.Condition.IsConnected = false;
            _links.Trace.Add(code, argument, uptimeMs);

            // A second failure in a row may be the link's, whatever it says of itself.
            if (_backOff.Attempts > 1)
            {
                _link.Drop();
            }

            if (_configuration.IsBrokerTls
                && _heap.IsRestartDue(_backOff.Attempts, uptimeMs, out uint largestBlockBytes))
            {
                _links.Trace.Add(TraceCode.HeapInPieces, largestBlockBytes, uptimeMs);
                _links.Restart.Ask(RestartCause.Planned, uptimeMs);
            }

            return Rest(_threads.UptimeMs);
        }

        // A certificate's dates are checked against the clock: before it is set, none is valid.
        private bool IsTimeMissing
        {
            get { return _configuration.IsBrokerTls && !_links.Clock.IsKnown; }
        }
    }
}
