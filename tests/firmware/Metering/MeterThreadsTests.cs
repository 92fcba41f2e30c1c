using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>The counting thread beside the signing thread.</summary>
public class MeterThreadsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Counts_while_the_other_thread_waits_for_flash()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        ulong duringWrites = 0;
        bench.Storage.WhileWriting = () =>
        {
            bench.ExportLine.Count++;
            Thread counting = new(() => bench.Meter.Count(bench.UptimeMs));
            counting.Start();
            Assert.True(counting.Join(Patience), "Counting waited for flash.");
            duringWrites++;
        };

        bench.Meter.RequestReading();
        Assert.NotNull(bench.Take());
        bench.Meter.Store(bench.UptimeMs);

        Assert.Equal(3UL, duringWrites);
        Assert.Equal(duringWrites, bench.Meter.ExportImpulses);
    }

    [Fact]
    public void Loses_no_impulse_and_signs_none_twice_while_both_threads_run()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 10);
        const ulong Impulses = 20_000;
        Thread counting = new(() =>
        {
            for (ulong second = 1; second <= Impulses; second++)
            {
                bench.ExportLine.Count++;
                bench.Meter.Count(second * 1000);
            }
        });
        counting.Start();

        ulong signedWh = 0;
        while (counting.IsAlive || signedWh < Impulses)
        {
            bench.Meter.TakeReading(new MeterTime(0, 0, 0), out Reading reading);
            if (reading == null)
            {
                Thread.Yield();
                continue;
            }

            Assert.InRange(reading.ExportWh, signedWh, bench.Meter.ExportImpulses);
            signedWh = reading.ExportWh;
        }

        Assert.Equal(Impulses, bench.Meter.ExportImpulses);
        Assert.Equal(Impulses, signedWh);
    }
}
