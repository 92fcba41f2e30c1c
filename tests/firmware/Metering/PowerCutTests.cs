using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>
/// One life of a meter, cut after every single byte that it writes, and booted again.
/// </summary>
public class PowerCutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loses_at_most_the_stated_bound_after_a_cut_at_any_byte_and_signs_nothing_twice(
        bool isErasedFirst)
    {
        Life uncut = new();
        uncut.Live();
        long length = uncut.Bench.Storage.BytesWritten;
        Assert.InRange(uncut.Signed.Count, 5, 20);

        for (long bytes = 0; bytes < length; bytes++)
        {
            Life life = new();
            life.Bench.Storage.IsErasedFirst = isErasedFirst;
            life.Bench.Storage.BytesUntilCut = bytes;
            life.Live();
            Assert.True(life.Bench.Storage.IsOff);

            life.BootAndCheck();
        }
    }

    [Fact]
    public void Survives_a_second_cut_at_any_byte_of_the_boot_after_the_first()
    {
        for (long bytes = 1000; bytes < 12_000; bytes += 1021)
        {
            Life life = new();
            life.Bench.Storage.BytesUntilCut = bytes;
            life.Live();
            byte[][] slots = [[.. life.Bench.Storage.Slot(0)], [.. life.Bench.Storage.Slot(1)]];

            for (long bootBytes = 0; bootBytes < 3 * JournalRecordCodec.Length; bootBytes++)
            {
                slots[0].CopyTo(life.Bench.Storage.Slot(0), 0);
                slots[1].CopyTo(life.Bench.Storage.Slot(1), 0);
                life.BootWithCut(bootBytes);
                life.BootAndCheck();
            }
        }
    }

    private sealed class Life
    {
        private ulong _exportMade;
        private ulong _importMade;
        private uint _pagination;
        private bool _hasKey;

        public MeterOnTheBench Bench { get; } = new(whPerCoin: 100);

        public List<Reading> Signed { get; } = [];

        public void Live()
        {
            if (Bench.Meter.Provision(Bench.UptimeMs) != ProvisionResult.Provisioned)
            {
                return;
            }

            _hasKey = true;
            Enrol();
            Feed(130, 20);
            Take();
            Feed(75, 5);
            Bench.Meter.RequestReading();
            Take();
            Feed(40, 61);
            Bench.Meter.Store(Bench.UptimeMs);
            Take();
            Bench.Meter.ShutDown(Bench.UptimeMs);
            if (!Bench.Storage.IsOff)
            {
                Bench.Boot();
                Feed(90, 0);
                Take();
                Enrol();
                Feed(64, 0);
            }
        }

        public void BootWithCut(long bytes)
        {
            MeterOnTheBench bench = Bench;
            bench.Storage.PowerUp();
            bench.Storage.BytesUntilCut = bytes;
            new Meter(
                bench.Configuration,
                new SimulatedCounter(),
                new SimulatedCounter(),
                bench.Storage)
                .Open(_hasKey, 0);
        }

        public void BootAndCheck()
        {
            Bench.Storage.PowerUp();
            MeterState state = Bench.Boot(_hasKey);
            if (state == MeterState.Unprovisioned)
            {
                Assert.Empty(Signed);
                return;
            }

            Assert.Equal(MeterState.Ready, state);
            AssertWithinBound(_exportMade, Bench.Meter.ExportImpulses);
            AssertWithinBound(_importMade, Bench.Meter.ImportImpulses);
            if (!Bench.Meter.Record.IsEnrolled)
            {
                Assert.Empty(Signed);
                return;
            }

            // Not kept: the caller may let the same life end in another way.
            Bench.Meter.RequestReading();
            Assert.Equal(
                TakeResult.Taken, Bench.Meter.TakeReading(Bench.Time, out Reading reading));
            AssertConsistent(reading);
        }

        private static void AssertWithinBound(ulong made, ulong counted)
        {
            Assert.InRange(
                counted,
                made - Math.Min(made, MeterOnTheBench.ImpulsesAheadMax),
                made);
        }

        private void Feed(ulong exportImpulses, ulong importImpulses)
        {
            ulong exportBefore = Bench.ExportLine.Count;
            ulong importBefore = Bench.ImportLine.Count;
            Bench.Feed(exportImpulses, importImpulses);
            _exportMade += Bench.ExportLine.Count - exportBefore;
            _importMade += Bench.ImportLine.Count - importBefore;
        }

        private void Enrol() => Keep(
            Bench.Meter.TakeEnrolment(MeterOnTheBench.Owner, Bench.Time, out Reading registers),
            registers);

        private void Take() =>
            Keep(Bench.Meter.TakeReading(Bench.Time, out Reading reading), reading);

        /// <summary>Everything handed out may be signed, so all of it must be consistent.</summary>
        private void Keep(TakeResult result, Reading reading)
        {
            if (result != TakeResult.Taken)
            {
                Assert.Null(reading);
                return;
            }

            AssertConsistent(reading);
            _pagination = reading.Pagination;
            Signed.Add(reading);
        }

        private void AssertConsistent(Reading reading)
        {
            Assert.True(reading.Pagination > _pagination, "A pagination was used twice.");
            Assert.InRange(
                reading.ExportWh, Signed.Count > 0 ? Signed[^1].ExportWh : 0, _exportMade);
            Assert.InRange(
                reading.ImportWh, Signed.Count > 0 ? Signed[^1].ImportWh : 0, _importMade);
        }
    }
}
