using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>
/// A board on the bench: what stays when its power goes (flash, wires, watchdog chip, console), and
/// the boots that come and go. It has no thread; whoever owns the time calls
/// <see cref="RunUntil"/>.
/// </summary>
public sealed class SimulatedBoard
{
    private const int PinCount = 40; // ESP32
    private static readonly NativeHeap Heap = new(327_680, 160_000, 110_000, 4_194_304);

    private readonly BoardOptions _options;
    private readonly Action<Platform> _program;
    private readonly BoardEntropy _entropy;
    private readonly Random _random;
    private readonly CoilDriver _coil;
    private Boot? _boot;
    private ulong _bootsAtMs;

    /// <param name="options">What it is made of.</param>
    /// <param name="program">What every boot runs; it starts its stages and returns.</param>
    public SimulatedBoard(BoardOptions options, Action<Platform> program)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _program = program;
        _entropy = new BoardEntropy(options.Seed);
        _random = new Random(options.Seed ?? 0);
        Clock = new BoardClock(options.StartsAt);
        Pins[BoardPins.PowerFail].SetOutside(!BoardPins.PowerFailIsHigh);
        Pins[BoardPins.Tamper].SetOutside(!BoardPins.TamperIsHigh);
        Pins[BoardPins.ReturnButton].SetOutside(!BoardPins.ReturnButtonIsHigh);
        Watchdog = new WatchdogChip(
            Clock,
            Pins[BoardPins.WatchdogFeed],
            options.WatchdogMs,
            Restart);
        if (options.Element is { } memory)
        {
            Element = new SimulatedElement(
                memory, new Random(options.Seed ?? Random.Shared.Next()));
            ElementBus = new SimulatedI2cBus(Element, () => Clock.NowMs * 1000);
        }

        _coil = new CoilDriver(Clock, Pins[BoardPins.CoilHold], options.CoilHoldMs);
        Contactor = new Contactor(_coil, options.ContactorLagMs, options.ContactorBounceMs);
        Flash.Cut += CutPower;
    }

    /// <summary>Time around it.</summary>
    public BoardClock Clock { get; }

    /// <summary>Its files.</summary>
    public SimulatedFlash Flash { get; } = new();

    /// <summary>Its pins and what they are wired to.</summary>
    public PinBank Pins { get; } = new(PinCount);

    /// <summary>What it printed.</summary>
    public BoardConsole Console { get; } = new();

    /// <summary>What works between it and the world.</summary>
    public NetworkWeather Weather { get; } = new();

    /// <summary>The broker, unless there is a real one.</summary>
    public SimulatedBroker Broker { get; } = new();

    /// <summary>The chip that resets it.</summary>
    public WatchdogChip Watchdog { get; }

    /// <summary>Its secure element, if it has one.</summary>
    public SimulatedElement? Element { get; }

    /// <summary>The bus with the secure element on it, if it has one.</summary>
    public SimulatedI2cBus? ElementBus { get; }

    /// <summary>The load switch.</summary>
    public Contactor Contactor { get; }

    /// <summary>True while the contactor's coil is held.</summary>
    public bool IsSwitchClosed => _coil.IsClosed;

    /// <summary>True while it has power.</summary>
    public bool IsOn { get; private set; }

    /// <summary>True while a program runs, so that pulses are counted.</summary>
    public bool IsRunning => _boot is not null;

    /// <summary>Boots so far.</summary>
    public int Boots { get; private set; }

    /// <summary>What ended the last boot that ended.</summary>
    public BootEnd LastEnd { get; private set; }

    /// <summary>A boot begins: the counters start from here.</summary>
    public event Action? Booting;

    /// <summary>A boot is over; its memory can be looked at for the last time.</summary>
    public event Action? Ended;

    /// <summary>A stage is about to be started.</summary>
    public event Action<GuardedStage>? StageStarting;

    /// <summary>Gives it power.</summary>
    public void SwitchOn()
    {
        if (!IsOn)
        {
            IsOn = true;
            Watchdog.Feed();
            _bootsAtMs = Clock.NowMs + _options.BootMs;
        }
    }

    /// <summary>Takes its power away, whatever it is doing.</summary>
    public void CutPower()
    {
        IsOn = false;
        _coil.LetGo();
        Element?.LosePower();
        End(BootEnd.PowerLost);
    }

    /// <summary>The power-fail input warns, and some time later the power is gone.</summary>
    public void FailSupply(ulong holdUpMs)
    {
        Pins[BoardPins.PowerFail].SetOutside(BoardPins.PowerFailIsHigh);
        Clock.At(Clock.NowMs + holdUpMs, () =>
        {
            CutPower();
            Pins[BoardPins.PowerFail].SetOutside(!BoardPins.PowerFailIsHigh);
        });
    }

    /// <summary>Resets the chip: brown-out, button, watchdog.</summary>
    public void Restart() => Restart(BootEnd.Reset);

    internal void Restart(BootEnd end)
    {
        End(end);
        _bootsAtMs = Clock.NowMs + _options.BootMs;
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="untilMs">Until then, in milliseconds since the simulation began.</param>
    /// <returns>False if time stands still, because a real broker's answer is under way.</returns>
    public bool RunUntil(ulong untilMs)
    {
        do
        {
            if (_boot is { } boot)
            {
                if (!boot.Run(untilMs))
                {
                    return false;
                }
            }
            else if (IsOn && Clock.NowMs >= _bootsAtMs)
            {
                StartBoot();
            }
            else
            {
                Clock.MoveTo(IsOn ? Math.Min(_bootsAtMs, untilMs) : untilMs);
                Clock.TryRunPlan();
            }
        }
        while (Clock.NowMs < untilMs);
        return true;
    }

    private void StartBoot()
    {
        Boots++;
        Booting?.Invoke();
        var threads = new SimulatedThreads(
            Clock, Watchdog, OnStageStarting, _options.Answered);
        _boot = new Boot(this, threads, _options, Heap, _random);
        _boot.Start(_program, _entropy);
    }

    private void OnStageStarting(GuardedStage stage) => StageStarting?.Invoke(stage);

    private void End(BootEnd end)
    {
        if (_boot is { } boot)
        {
            _boot = null;
            LastEnd = end;
            boot.Stop();
            Pins.Reset();
            Ended?.Invoke();
        }
    }
}
