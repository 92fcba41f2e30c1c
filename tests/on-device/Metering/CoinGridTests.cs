using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Metering
{
    [TestClass]
    public sealed class CoinGridTests
    {
        private const ulong Full = 0xFFFFFFFFFFFF;

        [TestMethod]
        public void Rounds_down_onto_enrolled_less_carry_plus_whole_coins()
        {
            CoinGrid grid = new CoinGrid(5300, 300, 1000);
            Assert.AreEqual(5300UL, grid.ToPointDown(5999, 5300));
            Assert.AreEqual(6000UL, grid.ToPointDown(6000, 5300));
            Assert.AreEqual(6000UL, grid.ToPointDown(6999, 5300));
            Assert.AreEqual(7000UL, grid.ToPointDown(7000, 6000));
        }

        [TestMethod]
        public void Never_falls_below_what_was_signed()
        {
            CoinGrid grid = new CoinGrid(0, 0, 1000);
            Assert.AreEqual(1500UL, grid.ToPointDown(1999, 1500));
            Assert.AreEqual(2000UL, grid.ToPointDown(2000, 1500));
        }

        [TestMethod]
        public void Signs_the_Enrolment_itself_before_the_first_coin()
        {
            Assert.AreEqual(0UL, new CoinGrid(0, 300, 1000).ToPointDown(0, 0));
            Assert.AreEqual(Full, new CoinGrid(Full, 999, 1000).ToPointDown(Full, Full));
        }
    }
}
