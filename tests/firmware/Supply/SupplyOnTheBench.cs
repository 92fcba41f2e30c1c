using Helios.Metering;
using Helios.Signing;
using Helios.Supply;
using Helios.Tests.Firmware.Metering;

namespace Helios.Tests.Firmware.Supply;

/// <summary>
/// A meter with supply, a contactor and a load, in simulated time: the counting thread turns as on
/// the device, the signing thread once a second, the coil lets go as the pump does. Energy is kept
/// in milliwatt-milliseconds beside the meter, so that what flowed is known exactly.
/// </summary>
internal sealed class SupplyOnTheBench
{
    public const uint ImpulsesPerKwh = 1000;
    public const uint RatedPowerW = 15_000;
    public const ulong MaxOpenWh = 1_000_000;

    /// <summary>The pump and the contactor at their slowest (boards/README.md).</summary>
    public const ulong HoldMs = 1880;
    public const ulong ContactorMs = 20;

    private const ulong PulseMs = 250;
    private const ulong CoilGapMs = 500;
    private const ulong MilliwattMsPerWh = 3_600_000_000;

    public static readonly byte[] MeterAddress = [.. Enumerable.Repeat((byte)0x4E, 20)];
    public static readonly byte[] Ledger = [.. Enumerable.Repeat((byte)0x1E, 20)];

    private readonly byte _threshold;
    private readonly SupplyRecord _copy = new();
    private SimulatedCounter _line = new();
    private SimulatedCounter _exportLine = new();
    private UInt128 _exported;
    private ulong _bootedAtMs;
    private ulong _countingDueMs;
    private ulong _signingDueMs;
    private ulong _edgeMs;
    private ulong _conductsUntilMs;
    private UInt128 _flowedSinceBoot;
    private bool _isCoilOn;

    public SupplyOnTheBench(
        byte threshold = 1,
        int controllers = 1,
        ulong whPerCoin = 1000,
        bool hasSupply = true,
        uint maxPowerW = RatedPowerW,
        ulong maxOpenWh = MaxOpenWh,
        ulong importedBefore = 0,
        byte[]? ledger = null)
    {
        _threshold = threshold;
        Controllers = [.. Keys(0x10, controllers)];
        Owner = new Signatory(0x99);
        Configuration = new MeterConfiguration(
            31337, ledger ?? Ledger, ImpulsesPerKwh, maxPowerW, whPerCoin, maxOpenWh, 0);
        HasSupply = hasSupply;
        Boot(keyExists: false);
        _line.Count = importedBefore;
        Meter.Count(UptimeMs);
        Assert.Equal(ProvisionResult.Provisioned, Meter.Provision(UptimeMs));
        Assert.Equal(
            TakeResult.Taken, Meter.TakeEnrolment(Owner.Address, Time, out Reading enrolled));
        Enrolled = enrolled;
        Start();
    }

    /// <summary>The registers that the Enrolment named.</summary>
    public Reading Enrolled { get; }

    public bool HasSupply { get; set; }

    public MeterConfiguration Configuration { get; }

    public Signatory[] Controllers { get; set; }

    public Signatory Owner { get; }

    public SimulatedStorage Storage { get; } = new();

    public Meter Meter { get; private set; } = null!;

    public LoadSwitch Switch { get; private set; } = null!;

    public SupplyKeeper Keeper { get; private set; } = null!;

    public SupplyIntake Intake { get; private set; } = null!;

    public ulong NowMs { get; private set; }

    public ulong UptimeMs => NowMs - _bootedAtMs;

    public MeterTime Time => new(UptimeMs, 1_750_000_000 + (NowMs / 1000), 2);

    public ulong CloseDelayMs { get; set; }

    public ulong LoadW { get; set; }

    /// <summary>What is fed out, on the line of export.</summary>
    public ulong ExportW { get; set; }

    public bool IsWelded { get; set; }

    /// <summary>Everything that flowed through the contactor, in Wh x 3.6 x 10^9.</summary>
    public UInt128 Flowed { get; private set; }

    public ulong FlowedWhDown => (ulong)(Flowed / MilliwattMsPerWh);

    public ulong FlowedWhUp => (ulong)((Flowed + MilliwattMsPerWh - 1) / MilliwattMsPerWh);

    public List<SwitchEvent> Events { get; } = [];

    public List<Reading> Signed { get; } = [];

    public bool IsConducting => IsWelded || NowMs < _conductsUntilMs;

    public SupplyRecord Record
    {
        get
        {
            Meter.CopySupplyTo(_copy);
            return _copy;
        }
    }

    public ulong RestWh => OrderRules.RestWh(Record, Meter.ImportWhDown);

    public static UInt128 ToFlow(ulong wh) => (UInt128)wh * MilliwattMsPerWh;

    public static IEnumerable<Signatory> Keys(byte first, int count)
        => Enumerable.Range(first, count)
            .Select(i => new Signatory((byte)i))
            .OrderBy(one => Convert.ToHexString(one.Address), StringComparer.Ordinal);

    /// <summary>
    /// A restart over the same slots, after a time without power; the power of the coil is gone
    /// with it.
    /// </summary>
    public void Boot(bool keyExists = true, ulong offMs = 0)
    {
        _conductsUntilMs = Math.Min(_conductsUntilMs, NowMs + ContactorMs);
        Flow(NowMs + offMs);
        _isCoilOn = false;
        _bootedAtMs = NowMs;
        _countingDueMs = NowMs;
        _signingDueMs = NowMs;
        _flowedSinceBoot = 0;
        _line = new SimulatedCounter();
        _exportLine = new SimulatedCounter();
        Storage.PowerUp();
        Meter = new Meter(Configuration, _exportLine, _line, Storage);
        Switch = new LoadSwitch(Configuration.MaxPowerW);
        Keeper = new SupplyKeeper(Meter, Switch, Configuration, lowCreditWh: 500);
        Intake = new SupplyIntake(
            Meter, Keeper, new Eip712Domain(31337, Configuration.VerifyingContract));
        Meter.Open(keyExists, UptimeMs);
        if (keyExists)
        {
            Start();
        }
    }

    public SupplyResult Order(Signatory by, ulong levelWh)
        => Intake.TakeOrder(
            by.Address, new(MeterAddress, levelWh), by.Order(MeterAddress, levelWh), UptimeMs);

    /// <summary>As many controllers as must, in agreement.</summary>
    public void Authorise(ulong levelWh)
    {
        foreach (var controller in Controllers[.._threshold])
        {
            Assert.Equal(SupplyResult.Taken, Order(controller, levelWh));
        }

        Assert.Equal(levelWh, Record.AuthorisedWh);
    }

    public SupplyResult Request(byte action, uint number, ulong level = 0, Signatory? by = null)
    {
        byte[] argument = new byte[20];
        BigEndian.Write(argument, 12, 8, level);
        OwnerRequest request = new(MeterAddress, action, number, argument);
        return Intake.TakeRequest(request, (by ?? Owner).Request(request), UptimeMs);
    }

    /// <summary>Time passes, and both threads have their turns.</summary>
    public void Run(ulong ms)
    {
        ulong end = NowMs + ms;
        while (NowMs < end && !Storage.IsOff)
        {
            Flow(Math.Min(end, Math.Min(_countingDueMs, _signingDueMs)));
            if (NowMs >= _countingDueMs)
            {
                TurnCounting();
            }

            if (NowMs >= _signingDueMs)
            {
                TurnSigning();
            }
        }
    }

    /// <summary>Time passes, and no thread has a turn: a TLS peer is mute.</summary>
    public void Freeze(ulong ms)
    {
        Flow(NowMs + ms);
        _countingDueMs = Math.Max(_countingDueMs, NowMs);
        _signingDueMs = Math.Max(_signingDueMs, NowMs);
    }

    private void Start()
    {
        ControllerSet first = new(0, _threshold, [.. Controllers.Select(one => one.Address)]);
        var result = Keeper.Start(HasSupply ? first : null, UptimeMs, CloseDelayMs);
        var expected = HasSupply ? SupplyResult.Taken : SupplyResult.NotReady;
        Assert.True(Storage.IsOff || result == expected);
    }

    private void Flow(ulong untilMs)
    {
        ulong conducted = IsWelded
            ? untilMs - NowMs
            : Math.Min(untilMs, Math.Max(_conductsUntilMs, NowMs)) - NowMs;
        UInt128 energy = (UInt128)LoadW * 1000 * conducted;
        UInt128 before = Flowed;
        Flowed += energy;
        _flowedSinceBoot += energy;

        // The kWh meter has no restart: its own fraction of an impulse stays.
        _line.Count += (ulong)((Flowed / MilliwattMsPerWh) - (before / MilliwattMsPerWh));
        UInt128 exportedBefore = _exported;
        _exported += (UInt128)ExportW * 1000 * (untilMs - NowMs);
        _exportLine.Count +=
            (ulong)((_exported / MilliwattMsPerWh) - (exportedBefore / MilliwattMsPerWh));
        NowMs = untilMs;
    }

    // As CountingStage and SwitchCoil.
    private void TurnCounting()
    {
        Meter.Count(UptimeMs);
        SwitchEvent happened = Switch.Turn(
            Meter.ImportWhDown, Meter.ImportImpulses, Meter.AreLinesSound, UptimeMs);
        Note(happened);
        if (happened == SwitchEvent.Closed)
        {
            _isCoilOn = true;
            _edgeMs = NowMs;
        }

        _isCoilOn &= Switch.State == SwitchState.Closed;
        if (_isCoilOn && NowMs - _edgeMs >= CoilGapMs)
        {
            _isCoilOn = false;
            Note(Switch.LetGo(UptimeMs));
        }

        if (_isCoilOn)
        {
            // Every edge as if it were the rising one: the longest hold.
            _edgeMs = NowMs;
            _conductsUntilMs = NowMs + HoldMs + ContactorMs;
        }

        _countingDueMs = NowMs + (Switch.State == SwitchState.Open ? 1000 : PulseMs);
    }

    private void Note(SwitchEvent happened)
    {
        if (happened != SwitchEvent.None)
        {
            Events.Add(happened);
        }
    }

    private void TurnSigning()
    {
        Meter.Keep(UptimeMs);
        Keeper.Turn(UptimeMs);
        if (!Storage.IsOff
            && Meter.TakeReading(Time, out Reading reading) == TakeResult.Taken)
        {
            Signed.Add(reading);
        }

        _signingDueMs = NowMs + 1000;
    }
}
