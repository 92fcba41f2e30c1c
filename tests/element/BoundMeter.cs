using Helios.Boards.Simulated;
using Helios.Element;
using Helios.Metering;

namespace Helios.Tests.Element;

/// <summary>A meter whose journal is bound to a simulated element, from boot to boot.</summary>
internal sealed class BoundMeter
{
    public const ulong BlockWh = 190;

    private static readonly ElementMemory Blank = ElementBench.Ready().Memory;
    private static readonly MeterConfiguration Configuration = new(
        31337, Bytes(0x5F), 1000, 5750, 1000, 100_000, 0);

    private readonly Line _export = new();
    private readonly Line _import = new();
    private ulong _uptimeMs;

    public BoundMeter(bool writesFirst = false)
    {
        Bench = new ElementBench(Blank.Copy()) { WaitsLong = false };
        Bench.Chip.WritesBeforeItDies = writesFirst;
        Bench.Wire.FaultAt = _ => Power.TryStep() ? WireFault.None : WireFault.Unplugged;
        Slots = new CutSlots(Power);
        Boot();
    }

    public CutPower Power { get; } = new();

    public ElementBench Bench { get; }

    public CutSlots Slots { get; }

    public Meter Meter { get; private set; } = null!;

    public uint ElementCount => Bench.Memory.Counters[0];

    /// <summary>Paginations that were signed, or could have been.</summary>
    public List<uint> Taken { get; } = [];

    public MeterState Boot(bool isBound = true)
    {
        _export.Pulses = 0;
        _import.Pulses = 0;
        _uptimeMs = 0;
        Meter = new Meter(
            Configuration,
            _export,
            _import,
            Slots,
            isBound ? new ElementCounter(Bench.Element) : null);

        // What a device asks first: an element that never counted never had a journal.
        var hasKey = Bench.Element.ReadCounter(out var count) == ElementResult.Done && count > 0;
        return Meter.Open(hasKey || !isBound, _uptimeMs);
    }

    public MeterState PowerUp()
    {
        Power.Restore();
        Bench.Wire.IsPlugged = true;
        return Boot();
    }

    /// <summary>Provisioned, enrolled, readings, credit, a return, two boots.</summary>
    public void Live(Action? afterEach = null)
    {
        Action[] days =
        [
            () => Meter.Provision(_uptimeMs),
            Enrol,
            () => Read(2500, 0),
            () => Mark(BlockWh),
            () => Read(0, 150),
            () => Mark(2 * BlockWh),
            () => Read(10, 100),
            Return,
            () => Read(5, 5),
            () => Meter.ShutDown(_uptimeMs),
            () => Boot(),
            () => Read(1200, 0),
            () => Mark(3 * BlockWh),
            () => Boot(),
            () => Read(700, 0),
        ];
        foreach (var day in days)
        {
            if (!Power.IsOff)
            {
                day();
                afterEach?.Invoke();
            }
        }
    }

    /// <summary>An hour in which this much flows.</summary>
    public void Count(ulong export, ulong import)
    {
        _export.Pulses += export;
        _import.Pulses += import;
        _uptimeMs += 3_600_000;
        Meter.Count(_uptimeMs);
        Meter.Keep(_uptimeMs);
    }

    /// <summary>And a reading after it.</summary>
    public TakeResult Read(ulong export, ulong import)
    {
        Count(export, import);
        Meter.RequestReading();
        return Note(Meter.TakeReading(Time(), out var reading), reading);
    }

    /// <summary>A minute later.</summary>
    public MeterState Keep()
    {
        _uptimeMs += StoreInterval.RetryMs;
        Meter.Keep(_uptimeMs);
        return Meter.State;
    }

    public AppendResult Mark(ulong markWh) => Supply(record =>
    {
        record.AuthorisedWh = 50_000;
        record.MarkWh = markWh;
    });

    public void Return() => Supply(record =>
    {
        record.MarkWh = Meter.Record.ImportWhDown;
        record.ReturnedWh = record.AuthorisedWh - Meter.Record.ImportWhDown;
    });

    public void Enrol() =>
        Note(Meter.TakeEnrolment(Bytes(0x70), Time(), out var registers), registers);

    private AppendResult Supply(Action<SupplyRecord> change)
    {
        if (Meter.Record is null)
        {
            return AppendResult.NoJournal;
        }

        var record = new SupplyRecord();
        Meter.CopySupplyTo(record);
        change(record);
        return Meter.StoreSupply(record, _uptimeMs);
    }

    private TakeResult Note(TakeResult result, Reading? reading)
    {
        if (result == TakeResult.Taken)
        {
            Taken.Add(reading!.Pagination);
        }

        return result;
    }

    private MeterTime Time() => new(
        _uptimeMs, 1_790_000_000 + (_uptimeMs / 1000), ReadingStatus.TimeSynchronised);

    private static byte[] Bytes(byte first) => [first, .. new byte[19]];

    private sealed class Line : IPulseCounter
    {
        public ulong Pulses { get; set; }

        public ulong Read() => Pulses;
    }
}
