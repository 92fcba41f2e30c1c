using Helios.Chain;
using Helios.Relay;
using Microsoft.Extensions.Logging;

namespace Helios.Control;

/// <summary>
/// A running controller: it follows the final state of the chain, signs orders and publishes them.
/// Disposing it ends it cleanly; ending it in any other way loses nothing.
/// </summary>
public sealed class ControlProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ControlOptions _options;
    private readonly ILogger _log;
    private readonly IReadOnlyList<ChainNode> _nodes;

    // In the order of the start; what was not reached stays null when the start is refused.
    private ControlStore? _store;
    private OrderLink? _link;
    private Controller? _controller;

    private ControlProcess(ControlOptions options)
    {
        _options = options;
        _log = options.Log.CreateLogger("Helios.Control");
        _nodes = [.. options.RpcUrls.Select(url => new ChainNode(url, options.RpcTimeLimit))];
    }

    /// <summary>Ends when the controller ends; faulted if it could not go on.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Every order ever signed with this database, oldest first.</summary>
    public IReadOnlyList<SignedOrder> Orders => _store!.Orders();

    /// <summary>Checks everything, then starts.</summary>
    /// <exception cref="StartRefusedException">With one sentence that says what to
    /// change.</exception>
    public static async Task<ControlProcess> StartAsync(
        ControlOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var process = new ControlProcess(options);
        try
        {
            await process.StartAsync(ct);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// One whole look at the chain that begins after this call; if it succeeds, what it signed is
    /// published too.
    /// </summary>
    public async Task<PassResult> PassAsync(CancellationToken ct)
    {
        var result = await _controller!.PassAsync(ct);
        if (result is PassResult.Done or PassResult.NothingNew)
        {
            await _link!.PublishAsync(ct);
        }

        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _controller?.Dispose();
        _link?.Dispose();
        _store?.Dispose();
        foreach (var node in _nodes)
        {
            node.Dispose();
        }

        _end.Dispose();
    }

    private async Task StartAsync(CancellationToken ct)
    {
        var chain = await FinalChain.OpenAsync(_options, _nodes, ct);
        _store = ControlStore.Open(
            _options.DatabasePath, _options.ChainId, _options.Ledger, _options.Key.Address);
        _store.Add(_options.Meters, searchedTo: null);
        _link = new OrderLink(_options, _store, _log);
        await _link.ConnectAsync(ct);
        _controller = ControllerOf(_store, _link, chain);
        Completion = RunAsync(_controller, _link);
        _log.Started(
            _options.Key.Address,
            _options.Ledger,
            _options.ChainId,
            _nodes.Count,
            BrokerConnection.NameOf(_options.BrokerUrl),
            _options.Confirmations is { } confirmations
                ? $"a block under {confirmations} others: for a development chain alone"
                : "what the chain calls so");
    }

    private Controller ControllerOf(ControlStore store, OrderLink link, FinalChain chain) =>
        new(
            chain,
            _options.Meters.Count > 0 ? null : new MeterSearch(chain, store, _options.FromBlock),
            _options.Meters,
            new OrderSigner(_options.ChainId, _options.Ledger, _options.Key),
            store,
            _options.PollInterval,
            _log)
        {
            OnSigned = link.WakeUp,
        };

    private async Task RunAsync(Controller controller, OrderLink link)
    {
        try
        {
            // A dead node keeps no order from its meter, and a dead broker no order from the log.
            await JointTasks.RunAsync(_end, controller.RunAsync, link.RunAsync);
            _log.Stopped();
        }
        catch (Exception failure)
        {
            // A programmer's error: stop rather than sign half.
            _log.Failed(failure.Message, failure);
            throw;
        }
    }
}
