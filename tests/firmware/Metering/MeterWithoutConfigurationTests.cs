using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class MeterWithoutConfigurationTests
{
    [Fact]
    public void Counts_on_with_what_the_journal_fixed_and_signs_nothing()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Feed(120);
        bench.Meter.Store(bench.UptimeMs);
        Meter meter = Boot(bench, keyExists: true);

        bench.ExportLine.Count += 7;
        meter.Count(1000);
        meter.RequestReading();

        Assert.Equal(MeterState.NotConfigured, meter.State);
        Assert.Equal(127UL, meter.ExportImpulses);
        Assert.Equal(MeterOnTheBench.ImpulsesPerKwh, meter.Record.ImpulsesPerKwh);
        Assert.Equal(TakeResult.NotReady, meter.TakeReading(bench.Time, out _));
        Assert.Equal(
            TakeResult.NotReady, meter.TakeEnrolment(MeterOnTheBench.Owner, bench.Time, out _));

        Assert.Equal(AppendResult.Stored, meter.Store(1000));
        Assert.Equal(MeterState.Ready, bench.Boot());
        Assert.Equal(127UL, bench.Meter.ExportImpulses);
    }

    [Fact]
    public void Writes_as_often_as_the_rated_power_of_the_journal_says()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        Meter meter = Boot(bench, keyExists: true);

        bench.ExportLine.Count += MeterOnTheBench.ImpulsesAheadMax;
        meter.Count(60_000);

        Assert.Equal(AppendResult.Stored, meter.Keep(60_000));
    }

    [Fact]
    public void Counts_on_a_new_device_and_provisions_nothing()
    {
        MeterOnTheBench bench = new();
        Meter meter = Boot(bench, keyExists: false);

        bench.ImportLine.Count += 5;
        meter.Count(1000);

        Assert.Equal(MeterState.NotConfigured, meter.State);
        Assert.Equal(5UL, meter.ImportImpulses);
        Assert.Equal(ProvisionResult.NotUnprovisioned, meter.Provision(0));
    }

    [Fact]
    public void Says_that_the_journal_is_lost_where_there_is_a_key()
        => Assert.Equal(
            MeterState.JournalLost, Boot(new MeterOnTheBench(), keyExists: true).State);

    [Fact]
    public void An_opened_lid_is_in_the_journal_at_once()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Meter.AddStatus(ReadingStatus.Tamper);

        Assert.Equal(AppendResult.Stored, bench.Meter.Keep(bench.UptimeMs));
        Assert.Equal(AppendResult.NotDue, bench.Meter.Keep(bench.UptimeMs));
        bench.Boot();
        Assert.NotEqual(0, bench.Take()!.Status & ReadingStatus.Tamper);
    }

    [Fact]
    public void Restarts_after_faults_are_counted_across_them()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Meter.NoteFaultRestarts(3);
        Assert.Equal(AppendResult.Stored, bench.Meter.Store(bench.UptimeMs));

        bench.Boot();
        Assert.Equal(3, bench.Meter.Record.FaultRestarts);
    }

    private static Meter Boot(MeterOnTheBench bench, bool keyExists)
    {
        bench.Boot(keyExists);
        Meter meter = Meter.WithoutConfiguration(bench.ExportLine, bench.ImportLine, bench.Storage);
        meter.Open(keyExists, 0);
        return meter;
    }
}
