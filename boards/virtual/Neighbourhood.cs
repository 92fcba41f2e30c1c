using System.Security.Cryptography;
using Helios.Boards.Virtual.Node;
using Helios.Boards.Virtual.Power;
using Helios.Chain;
using Helios.LocalChain;
using Helios.Relay;
using Helios.Signing;

namespace Helios.Boards.Virtual;

/// <summary>
/// A running neighbourhood: local chain, contracts, relay with its broker, and a board in every
/// house, each enrolled. Time stands still until a <see cref="Simulation"/> moves it.
/// </summary>
public sealed class Neighbourhood : IAsyncDisposable
{
    // The chain begins before the series, so that blocks made while meters are enrolled, each a
    // second after the last at most, lie in its past.
    private static readonly TimeSpan EnrolmentTime = TimeSpan.FromDays(1);
    private const ulong BootStepMs = 1000;
    private static readonly TimeSpan AnswerTick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan RpcTimeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RelayPollInterval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _end = new();
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("helios-relay-");
    private readonly List<House> _houses = [];
    private readonly List<VirtualBoard> _boards = [];
    private readonly List<Task> _background = [];
    private LocalNode? _node;
    private ChainNode? _chain;
    private RelayProcess? _relay;

    private Neighbourhood(NeighbourhoodOptions options, DateTimeOffset startsAt)
    {
        Options = options;
        Clock = new SimulatedClock(startsAt);
    }

    /// <summary>What was asked for.</summary>
    public NeighbourhoodOptions Options { get; }

    /// <summary>The simulated time.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>Every house, enrolled.</summary>
    public IReadOnlyList<House> Houses => _houses;

    /// <summary>Released whenever a board that stood still was answered.</summary>
    public SemaphoreSlim Answers { get; } = new(0);

    /// <summary>The local chain.</summary>
    public ChainNode Chain => _chain!;

    /// <summary>The ledger on it.</summary>
    public LedgerContract Ledger { get; private set; } = null!;

    /// <summary>The relay.</summary>
    public RelayProcess Relay => _relay!;

    /// <summary>Ends when something in the background failed; faulted with its reason.</summary>
    public Task Failure { get; private set; } = Task.CompletedTask;

    /// <summary>Starts everything.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="series">The series that the houses take in turn, one or more.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="BadInputException">A tool is missing or a port is in use.</exception>
    public static async Task<Neighbourhood> StartAsync(
        NeighbourhoodOptions options,
        IReadOnlyList<PowerSeries> series,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(series);
        var neighbourhood = new Neighbourhood(options, series[0].StartsAt);
        try
        {
            var enroller = await neighbourhood.DeployAsync(cancellation);
            await neighbourhood.StartRelayAsync(cancellation);
            for (var number = 0; number < options.Meters; number++)
            {
                await neighbourhood.MoveInAsync(
                    series[number % series.Count], enroller, cancellation);
            }

            await neighbourhood.StartBackgroundAsync(cancellation);
            return neighbourhood;
        }
        catch
        {
            await neighbourhood.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var task in _background)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var board in _boards)
        {
            board.SwitchOff();
        }

        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        _chain?.Dispose();
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _scratch.Delete(recursive: true);
        _end.Dispose();
        Answers.Dispose();
    }

    private async Task<Enroller> DeployAsync(CancellationToken cancellation)
    {
        _node = await LocalNode.StartAsync(Clock.Now - EnrolmentTime, cancellation);
        _chain = new ChainNode(_node.Rpc, RpcTimeLimit);

        var accounts = await _chain.InvokeAsync("eth_accounts", cancellation);
        var deployer = Address.Parse(accounts[0].GetString()!);
        var enroller = new Enroller(_chain);
        await Enroller.FundAsync(_chain, enroller.Address, cancellation);
        Ledger = new LedgerContract(
            _chain,
            await ContractsDeployment.LedgerAsync(
                _node.Rpc,
                deployer,
                enroller.Address,
                new DeploymentTerms(
                    Options.WhPerCoin,
                    Options.EnrolledPowerW,
                    (ulong)Options.EnrolledPowerW * (ulong)Options.Meters),
                cancellation));
        return enroller;
    }

    private async Task StartRelayAsync(CancellationToken cancellation)
    {
        var sender = new SenderKey(RandomNumberGenerator.GetBytes(32));
        await Enroller.FundAsync(Chain, sender.Address, cancellation);
        _relay = await RelayProcess.StartAsync(
            new RelayOptions
            {
                RpcUrl = _node!.Rpc,
                ChainId = LocalNode.ChainId,
                Ledger = Ledger.Address,
                Sender = sender,
                DatabasePath = Path.Combine(_scratch.FullName, "relay.db"),
                BrokerPort = Options.BrokerPort,
                PollInterval = RelayPollInterval,
                Limits = RelayLimits.None,
            },
            cancellation);
    }

    // Boards boot one after another, each until it printed what it signed for its owner.
    private async Task MoveInAsync(
        PowerSeries series, Enroller enroller, CancellationToken cancellation)
    {
        var owner = new SenderKey(RandomNumberGenerator.GetBytes(32)).Address;
        var board = new VirtualBoard(
            VirtualBoard.Configure(
                LocalNode.ChainId,
                Ledger.Address.ToString(),
                owner.ToString(),
                Relay.BrokerPort,
                Options),
            Options.ImpulsesPerKwh,
            series,
            repeats: !Options.Once,
            Relay.BrokerPort,
            Answered);
        _boards.Add(board);

        var (enrolment, signature) = await BootAsync(board, cancellation);
        await enroller.EnrolAsync(Ledger.Address, enrolment, signature, cancellation);
        _houses.Add(new House(board, series, new Address(enrolment.Meter), owner));
    }

    private static async Task<(Enrolment Enrolment, byte[] Signature)> BootAsync(
        VirtualBoard board, CancellationToken cancellation)
    {
        for (var ms = BootStepMs; ms < VirtualBoard.BeginsAtMs; ms += BootStepMs)
        {
            while (!board.RunUntil(ms))
            {
                await Task.Delay(AnswerTick, cancellation);
            }

            if (board.TryReadEnrolment(out var enrolment, out var signature))
            {
                return (enrolment, signature);
            }
        }

        throw new InvalidOperationException(
            $"A board signed no Enrolment; it printed: {string.Join(" | ", board.Console)}");
    }

    private void Answered()
    {
        // Nobody waits for more than one.
        if (Answers.CurrentCount == 0)
        {
            Answers.Release();
        }
    }

    private async Task StartBackgroundAsync(CancellationToken cancellation)
    {
        var blocks = new BlockClock(Chain, Clock);
        await blocks.TakeOverAsync(cancellation);
        _background.Add(blocks.RunAsync(_end.Token));
        Failure = Task.WhenAny([.. _background, Relay.Completion]).Unwrap();
    }
}
