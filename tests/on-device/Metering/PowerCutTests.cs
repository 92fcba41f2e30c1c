using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Metering
{
    /// <summary>
    /// One life of a meter, cut at bytes all over what it writes, and booted again. The host's
    /// tests cut after every single byte; here a prime step meets every part of a record in turn.
    /// </summary>
    [TestClass]
    public sealed class PowerCutTests
    {
        private const int StepBytes = 97;

        [TestMethod]
        public void Loses_at_most_the_stated_bound_after_a_cut_and_signs_nothing_twice()
        {
            BenchMeter uncut = new BenchMeter();
            uint signed = Live(uncut);
            Assert.IsTrue(signed >= 3);

            for (int bytes = 0; bytes < uncut.Slots.BytesWritten; bytes += StepBytes)
            {
                BenchMeter bench = new BenchMeter();
                bench.Slots.BytesUntilCut = bytes;
                uint last = Live(bench);
                Assert.IsTrue(bench.Slots.IsOff);
                BootAndCheck(bench, last);
            }
        }

        /// <summary>Provisioned, enrolled, two coins earned.</summary>
        /// <returns>The last pagination that was handed out to be signed.</returns>
        private static uint Live(BenchMeter bench)
        {
            if (!bench.Provision())
            {
                return 0;
            }

            uint last = 0;
            if (bench.Enrol(out Reading enrolled) == TakeResult.Taken)
            {
                last = enrolled.Pagination;
            }

            for (int coin = 0; coin < 2; coin++)
            {
                bench.Feed(105);
                if (bench.Meter.TakeReading(bench.Time, out Reading reading) == TakeResult.Taken)
                {
                    Assert.IsTrue(reading.Pagination > last);
                    last = reading.Pagination;
                }
            }

            return last;
        }

        private static void BootAndCheck(BenchMeter bench, uint last)
        {
            bench.Slots.PowerUp();
            MeterState state = bench.Boot();
            if (state == MeterState.Unprovisioned)
            {
                Assert.AreEqual(0U, last);
                return;
            }

            Assert.AreEqual(MeterState.Ready, state);
            Assert.IsTrue(bench.Meter.ExportImpulses <= bench.ExportMade);
            Assert.IsTrue(
                bench.Meter.ExportImpulses + BenchMeter.ImpulsesAheadMax >= bench.ExportMade);
            if (bench.Meter.Record.IsEnrolled)
            {
                bench.Meter.RequestReading();
                Assert.AreEqual(
                    TakeResult.Taken, bench.Meter.TakeReading(bench.Time, out Reading reading));
                Assert.IsTrue(reading.Pagination > last);
            }
        }
    }
}
