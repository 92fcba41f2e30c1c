using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>
/// A meter with simulated pulse lines, storage and clock, which can lose power and boot again.
/// </summary>
internal sealed class MeterOnTheBench
{
    public const uint ImpulsesPerKwh = 1000;

    public const uint MaxPowerW = 3600;

    /// <summary>Impulses a register may be ahead of the journal: a minute at rated power.</summary>
    public const ulong ImpulsesAheadMax = 60;

    public static readonly byte[] Owner = [.. Enumerable.Repeat((byte)0x0A, 20)];

    public static readonly byte[] Ledger = [.. Enumerable.Repeat((byte)0x1E, 20)];

    public MeterOnTheBench(ulong whPerCoin = 100, ulong carryWh = 0)
    {
        Configuration = new MeterConfiguration(
            31337, Ledger, ImpulsesPerKwh, MaxPowerW, whPerCoin, 1_000_000, carryWh);
        Boot(keyExists: false);
    }

    public MeterConfiguration Configuration { get; set; }

    public SimulatedStorage Storage { get; } = new();

    public SimulatedCounter ExportLine { get; private set; } = new();

    public SimulatedCounter ImportLine { get; private set; } = new();

    public Meter Meter { get; private set; } = null!;

    public ulong UptimeMs { get; set; }

    public ulong UnixSeconds { get; set; } = 1_750_000_000;

    public ushort TimeStatus { get; set; } = ReadingStatus.TimeSynchronised;

    public MeterTime Time => new(UptimeMs, UnixSeconds, TimeStatus);

    public static MeterOnTheBench Enrolled(ulong whPerCoin = 100, ulong carryWh = 0)
    {
        MeterOnTheBench bench = new(whPerCoin, carryWh);
        Assert.Equal(ProvisionResult.Provisioned, bench.Meter.Provision(bench.UptimeMs));
        bench.Enrol();
        return bench;
    }

    public Reading Enrol()
    {
        Assert.Equal(TakeResult.Taken, Meter.TakeEnrolment(Owner, Time, out Reading registers));
        return registers;
    }

    /// <summary>A restart: counters from zero, a new program, the same storage.</summary>
    public MeterState Boot(bool keyExists = true)
    {
        UptimeMs = 0;
        ExportLine = new SimulatedCounter();
        ImportLine = new SimulatedCounter();
        Meter = new Meter(Configuration, ExportLine, ImportLine, Storage);
        return Meter.Open(keyExists, UptimeMs);
    }

    /// <summary>Impulses at a second each, counted and kept.</summary>
    public void Feed(ulong exportImpulses, ulong importImpulses = 0)
    {
        while (exportImpulses + importImpulses > 0 && !Storage.IsOff)
        {
            Pass(1000);
            ExportLine.Count += exportImpulses > 0 ? 1UL : 0;
            ImportLine.Count += importImpulses > 0 ? 1UL : 0;
            exportImpulses -= exportImpulses > 0 ? 1UL : 0;
            importImpulses -= importImpulses > 0 ? 1UL : 0;
            Meter.Count(UptimeMs);
            Meter.Keep(UptimeMs);
        }
    }

    public void Pass(ulong milliseconds)
    {
        UptimeMs += milliseconds;
        UnixSeconds += milliseconds / 1000;
    }

    public Reading? Take()
    {
        Meter.TakeReading(Time, out Reading reading);
        return reading;
    }
}
