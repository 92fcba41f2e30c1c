using System.Security.Cryptography;
using Helios.Boards.Simulated;
using Helios.Boards.Virtual.Node;
using Helios.Boards.Virtual.Power;
using Helios.Boards.Virtual.Trade;
using Helios.Chain;
using Helios.LocalChain;
using Helios.Relay;
using Helios.Signing;

namespace Helios.Boards.Virtual;

/// <summary>
/// A running neighbourhood: local chain, contracts, relay with its broker, controllers if anybody
/// consumes, and a board in every house, each enrolled. Time stands still until a
/// <see cref="Simulation"/> moves it.
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
    private Controllers? _controllers;
    private BlockClock? _blocks;

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

    /// <summary>The coin of the ledger.</summary>
    public CoinContract Coin { get; private set; } = null!;

    /// <summary>Where the coin stands.</summary>
    public Address CoinAddress { get; private set; }

    /// <summary>Where coins become energy.</summary>
    public RedemptionsContract Redemptions { get; private set; } = null!;

    /// <summary>Where its people trade; null where nobody consumes.</summary>
    public TradingPlace? TradingPlace { get; private set; }

    /// <summary>
    /// Of the person at the command line, who owns the first house of either kind and tries what
    /// any wallet can; null in a run with --once, and where nobody consumes.
    /// </summary>
    public HouseWallet? Person { get; private set; }

    /// <summary>Makes the chain's blocks.</summary>
    public BlockClock Blocks => _blocks!;

    /// <summary>The relay.</summary>
    public RelayProcess Relay => _relay!;

    /// <summary>Who signs supply orders; null where nobody consumes.</summary>
    public Controllers? Controllers => _controllers;

    /// <summary>Ends when something in the background failed; faulted with its reason.</summary>
    public Task Failure { get; private set; } = Task.CompletedTask;

    /// <summary>Starts everything.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="series">What flows.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="BadInputException">A tool is missing or a port is in use.</exception>
    public static async Task<Neighbourhood> StartAsync(
        NeighbourhoodOptions options,
        PlayedSeries series,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(series);
        var neighbourhood = new Neighbourhood(options, series.StartsAt);
        try
        {
            var enroller = await neighbourhood.DeployAsync(cancellation);
            await neighbourhood.StartRelayAsync(cancellation);
            await neighbourhood.StartControllersAsync(cancellation);
            for (var number = 0; number < options.Meters + options.Consumers; number++)
            {
                var isConsumer = number >= options.Meters;
                var played = isConsumer ? series.Consumers : series.Producers;
                await neighbourhood.MoveInAsync(
                    played[number % played.Count], isConsumer, enroller, cancellation);
            }

            await AccountOpening.RunAsync(neighbourhood, cancellation);

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

        if (_controllers is not null)
        {
            await _controllers.DisposeAsync();
        }

        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        _blocks?.Dispose();
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
                    (ulong)Options.EnrolledPowerW * (ulong)(Options.Meters + Options.Consumers),
                    Options.MaxOpenWh),
                cancellation));
        CoinAddress = await Ledger.CoinAsync(cancellation);
        Coin = new CoinContract(_chain, CoinAddress);
        Redemptions = new RedemptionsContract(
            _chain, await Ledger.RedemptionsAsync(cancellation), Ledger.Address);
        TradingPlace = Options.Consumers > 0
            ? await TradingPlace.OpenAsync(_chain, Ledger.Address, deployer, cancellation)
            : null;
        Person = TradingPlace is null || Options.Once ? null : new HouseWallet(_chain);

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

    private async Task StartControllersAsync(CancellationToken cancellation)
    {
        if (Options.Consumers > 0)
        {
            _controllers = await Controllers.StartAsync(
                _node!.Rpc, Ledger.Address, Relay.BrokerPort, _scratch.FullName, cancellation);
        }
    }

    // Boards boot one after another, each until it printed what it signed for its owner.
    private async Task MoveInAsync(
        PowerSeries series, bool isConsumer, Enroller enroller, CancellationToken cancellation)
    {
        var numberOfKind = _houses.Count(house => house.IsConsumer == isConsumer);
        var person = numberOfKind == 0 ? Person : null;
        var wallet = person ?? new HouseWallet(Chain);
        var element = Options.HasElements
            ? new ElementMemory(serial: (ulong)_boards.Count)
            : null;
        var board = new VirtualBoard(
            BoardConfiguration.TextOf(
                Options,
                Ledger.Address,
                wallet.Address,
                Relay.BrokerPort,
                isConsumer ? _controllers : null,
                element),
            new MeterFlow(series, !Options.Once, Options.ImpulsesPerKwh, isConsumer),
            Clock.Now,
            Relay.BrokerPort,
            Answered,
            element);
        _boards.Add(board);

        var (enrolment, signature) = await BootAsync(board, cancellation);
        await enroller.EnrolAsync(Ledger.Address, enrolment, signature, cancellation);
        _houses.Add(new House(
            board,
            series,
            new Address(enrolment.Meter),
            wallet,
            isConsumer,
            HasStandingOrder: numberOfKind % 2 != 0,
            IsOfPerson: person is not null));
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
        _blocks = new BlockClock(Chain, Clock);
        await _blocks.TakeOverAsync(cancellation);
        _background.Add(_blocks.RunAsync(_end.Token));
        Failure = Task.WhenAny(
            [.. _background, Relay.Completion, .. _controllers?.Completions ?? []]).Unwrap();
    }
}
