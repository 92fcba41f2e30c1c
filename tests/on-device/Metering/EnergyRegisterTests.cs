using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Metering
{
    [TestClass]
    public sealed class EnergyRegisterTests
    {
        private const ulong Full = 0xFFFFFFFFFFFF;

        [TestMethod]
        public void Derives_watt_hours_by_one_division_rounding_down()
        {
            Assert.AreEqual(0UL, EnergyRegister.ToWattHoursDown(9, 0, 10000));
            Assert.AreEqual(1UL, EnergyRegister.ToWattHoursDown(10, 0, 10000));
            Assert.AreEqual(333UL, EnergyRegister.ToWattHoursDown(1, 0, 3));
            Assert.AreEqual(0xFFFFFFFFUL, EnergyRegister.ToWattHoursDown(0xFFFFFFFF, 0, 1000));
            Assert.AreEqual(0x100000000UL, EnergyRegister.ToWattHoursDown(0x100000000, 0, 1000));
            Assert.AreEqual(0x100000001UL, EnergyRegister.ToWattHoursDown(0x100000001, 0, 1000));
        }

        [TestMethod]
        public void Stays_full_instead_of_wrapping()
        {
            Assert.AreEqual(Full, EnergyRegister.ToWattHoursDown(Full, 0, 1000));
            Assert.AreEqual(Full, EnergyRegister.ToWattHoursDown(Full + 1, 0, 1000));

            EnergyRegister register = new EnergyRegister(1000, EnergyRegister.ImpulsesMax - 1, 0);
            register.Add(ulong.MaxValue);
            register.Add(1);
            Assert.AreEqual(EnergyRegister.ImpulsesMax, register.Impulses);
            Assert.AreEqual(Full, register.EnergyWhDown);
        }

        [TestMethod]
        public void Loses_no_fraction_however_the_impulses_arrive()
        {
            EnergyRegister register = new EnergyRegister(800, 0, 0);
            ulong made = 0;
            for (ulong step = 0; step < 200; step++)
            {
                register.Add(step % 7);
                made += step % 7;
                Assert.AreEqual(made * 1000 / 800, register.EnergyWhDown);
            }
        }
    }
}
