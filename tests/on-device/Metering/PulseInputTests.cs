using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Metering
{
    /// <summary>3.6 kW at 1,000 imp/kWh: one impulse a second.</summary>
    [TestClass]
    public sealed class PulseInputTests
    {
        // Where the counter of 16 bits with sign overflows.
        private const ulong Overflow = 32767;

        [TestMethod]
        public void Reads_again_when_an_overflow_makes_one_reading_wrong()
        {
            PulseLine line = new PulseLine();
            PulseInput input = new PulseInput(line, 1000, 3600);
            line.Count = Overflow - 1;
            input.TakeImpulses(86400000);

            line.Count++;
            line.MisreadNext(Overflow);
            Assert.AreEqual(1UL, input.TakeImpulses(86401000));

            line.Count++;
            line.MisreadNext(ulong.MaxValue - Overflow + 1);
            Assert.AreEqual(1UL, input.TakeImpulses(86402000));
            Assert.IsFalse(input.IsFaulty);
            Assert.IsFalse(input.IsAboveRatedPower);
        }

        [TestMethod]
        public void Counts_whole_what_is_above_the_rated_power_and_says_so()
        {
            PulseLine line = new PulseLine();
            PulseInput input = new PulseInput(line, 1000, 3600);
            line.Count = 500;

            Assert.AreEqual(500UL, input.TakeImpulses(1000));
            Assert.IsTrue(input.IsAboveRatedPower);
        }

        [TestMethod]
        public void Counts_nothing_while_the_counter_runs_backward_and_heals()
        {
            PulseLine line = new PulseLine();
            PulseInput input = new PulseInput(line, 1000, 3600);
            line.Count = 10;
            input.TakeImpulses(10000);

            line.Count = 3;
            Assert.AreEqual(0UL, input.TakeImpulses(11000));
            Assert.IsTrue(input.IsFaulty);

            line.Count = 12;
            Assert.AreEqual(2UL, input.TakeImpulses(13000));
            Assert.IsFalse(input.IsFaulty);
        }

        [TestMethod]
        public void Loses_and_adds_none_at_the_limit_of_the_S0_line()
        {
            // IEC 62053-31: 30 ms on and 30 ms off at least.
            PulseLine line = new PulseLine();
            PulseInput input = new PulseInput(line, 1000, 60000);
            ulong counted = 0;
            for (ulong uptimeMs = 0; uptimeMs <= 600000; uptimeMs += 997)
            {
                line.Count = uptimeMs / 60;
                counted += input.TakeImpulses(uptimeMs);
                Assert.IsFalse(input.IsAboveRatedPower);
            }

            Assert.AreEqual(line.Count, counted);
        }
    }
}
