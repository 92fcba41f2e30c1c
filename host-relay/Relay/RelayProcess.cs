using Helios.Chain;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// A running relay: broker, intake, database and submission in this process. Disposing it ends it
/// cleanly; ending it in any other way loses nothing that was acknowledged.
/// </summary>
public sealed class RelayProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly IntakeFigures _intakeFigures = new(TimeProvider.System);
    private readonly RelayOptions _options;
    private readonly ILogger _log;
    private readonly ChainNode _node;
    private readonly LedgerContract _ledger;

    // In the order of the start; what was not reached stays null when the start is refused.
    private IRelayStore? _store;
    private EnrolmentLookup? _enrolments;
    private ReadingIntake? _intake;
    private IBroker? _broker;
    private Submitter? _submitter;
    private RelayHealth? _health;
    private Observation? _observation;

    private RelayProcess(RelayOptions options)
    {
        _options = options;
        _log = options.Log.CreateLogger("Helios.Relay");
        _node = new ChainNode(options.RpcUrl, options.RpcTimeLimit);
        _ledger = new LedgerContract(_node, options.Ledger);
    }

    /// <summary>Port of the embedded broker; 0 if the broker is another's.</summary>
    public int BrokerPort => (_broker as EmbeddedBroker)?.Endpoint.Port ?? 0;

    /// <summary>Port of health and metrics; 0 if they are not served.</summary>
    public int HttpPort => _observation?.Port ?? 0;

    /// <summary>Ends when the relay ends; faulted if it could not go on.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>What it has done so far.</summary>
    public RelayFigures Figures => FiguresReader.Read(_store!, _intakeFigures);

    /// <summary>Checks everything, then starts.</summary>
    /// <exception cref="StartRefusedException">With one sentence that says what to
    /// change.</exception>
    public static async Task<RelayProcess> StartAsync(RelayOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var relay = new RelayProcess(options);
        try
        {
            await relay.StartAsync(ct);
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether readings pass through it; says so only when one could have.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken ct) =>
        (await _health!.CheckQueueAsync(ct)).Status == HealthStatus.Healthy;

    /// <summary>
    /// Completes when the relay can do nothing more by itself: everything that was queued is
    /// stored, and everything that is worth a transaction at the newest block's time is in one.
    /// Messages that the broker has not delivered yet are not waited for.
    /// </summary>
    public async Task<RelayRest> WhenAtRestAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _end.Token);
        while (true)
        {
            await _intake!.WhenPassedAsync(either.Token);
            var rest = await _submitter!.PassAsync(either.Token);
            if (rest is not null)
            {
                return rest.Value;
            }
        }
    }

    /// <summary>
    /// Completes when nothing is queued, nothing is due, and every transaction is in a block.
    /// Somebody else must make the blocks.
    /// </summary>
    public async Task WhenIdleAsync(CancellationToken ct)
    {
        while (await WhenAtRestAsync(ct) != RelayRest.Idle)
        {
            await Task.Delay(_options.PollInterval, ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_observation is not null)
        {
            await _observation.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _enrolments?.Dispose();
        _store?.Dispose();
        _node.Dispose();
        _end.Dispose();
    }

    private async Task StartAsync(CancellationToken ct)
    {
        var head = new ChainHead(
            _node, await DeploymentCheck.RunAsync(_node, _ledger, _options.ChainId, ct));
        _store = StoreFactory.Open(_options.DatabasePath, _options.ChainId, _options.Ledger);
        var lease = _store.Write(connection => SenderLease.Take(
            connection, _options.Sender.Address, head.Latest.Timestamp));
        var meters = new KnownMeters(_store, _options.Limits, TimeProvider.System);

        _submitter = CreateSubmitter(head, _store, lease, meters);
        _enrolments = new EnrolmentLookup(_ledger, head, meters, TimeProvider.System, _log);
        _intake = new ReadingIntake(
            new ReadingVerifier(
                _options.ChainId,
                _options.Ledger,
                _options.MayUseLibsecp256k1 ? Libsecp256k1.Installed : null),
            meters,
            _enrolments,
            head,
            _store,
            _intakeFigures,
            _log);
        _broker = await ConnectAsync(_intake, ct);
        _health = new RelayHealth(_intake, _store, _broker, _submitter);
        _observation = await Observation.StartAsync(
            _options,
            new RelayMetrics(_intakeFigures, _submitter.Figures, _intake, _store, head),
            _health);
        Completion = RunAsync(_intake, _submitter, _broker);
        _log.Started(
            _options.Ledger,
            _options.ChainId,
            _options.BrokerUrl?.Host ?? "of its own",
            _options.Sender.Address);
    }

    private async Task<IBroker> ConnectAsync(ReadingIntake intake, CancellationToken ct) =>
        _options.BrokerUrl is { } url
            ? await BrokerLink.ConnectAsync(url, _options.ShareGroup, intake, _log, ct)
            : await EmbeddedBroker.StartAsync(
                new EmbeddedBrokerOptions(
                    _options.BrokerAddress,
                    _options.BrokerPort,
                    _options.Limits,
                    _options.BrokerSecurity),
                intake,
                _log);

    private Submitter CreateSubmitter(
        ChainHead head, IRelayStore store, SenderLease lease, KnownMeters meters)
    {
        var policy = _options.Submission;
        var follower = new ChainFollower(_node, _ledger, store, lease, meters, policy, _log);
        return new Submitter(
            head,
            follower,
            new BatchSelector(
                _ledger, new SettlementCheck(_node, _ledger), store, lease, meters, policy),
            new BatchSender(_node, follower, store, lease, _options, _log),
            new FeeRaiser(follower, store, lease, _options, _log),
            store,
            _options.PollInterval,
            _log)
        {
            OnAccepted = AcknowledgeAsync,
        };
    }

    private async Task RunAsync(ReadingIntake intake, Submitter submitter, IBroker broker)
    {
        try
        {
            await JointTasks.RunAsync(_end, ct => intake.RunAsync(broker, ct), submitter.RunAsync);
            _log.Stopped();
        }
        catch (Exception failure)
        {
            // A programmer's error, or another relay with the key, which needs no stack trace: stop
            // rather than go on half.
            _log.Failed(failure.Message, failure is FencedException ? null : failure);
            throw;
        }
    }

    private Task AcknowledgeAsync(IReadOnlyList<KnownMeter> meters, CancellationToken ct) =>
        Task.WhenAll(meters.Distinct().Select(meter => _broker!.AcknowledgeAsync(
            meter.Address, meter.StoredPagination, meter.AcceptedPagination, ct)));
}
