using CsCheck;
using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class CoinGridTests
{
    private const ulong Full = (1UL << 48) - 1;

    private static readonly Gen<(ulong EnrolledWh, ulong CarryWh, ulong WhPerCoin)> Grids =
        Gen.Select(
            Gen.OneOf(Gen.ULong[0, 3000], Gen.ULong[0, Full]),
            Gen.ULong,
            Gen.OneOf(Gen.ULong[1, 3], Gen.ULong[1, 5000], Gen.ULong[1, Full]))
        .Select((enrolledWh, any, whPerCoin) => (enrolledWh, any % whPerCoin, whPerCoin));

    [Fact]
    public void Rounds_down_onto_enrolled_less_carry_plus_whole_coins() =>
        Gen.Select(Grids, Gen.ULong[0, Full]).Sample((grid, any) =>
        {
            ulong registerWh = grid.EnrolledWh + (any % (Full - grid.EnrolledWh + 1));
            CoinGrid coins = new(grid.EnrolledWh, grid.CarryWh, grid.WhPerCoin);

            ulong pointWh = coins.ToPointDown(registerWh, grid.EnrolledWh);

            Int128 first = (Int128)grid.EnrolledWh - grid.CarryWh;
            Int128 highest = first
                + (((Int128)registerWh - first) / grid.WhPerCoin * grid.WhPerCoin);
            Assert.Equal(Int128.Max(highest, grid.EnrolledWh), (Int128)pointWh);
        });

    [Fact]
    public void Never_falls_below_what_was_signed_and_never_passes_the_register() =>
        Gen.Select(Grids, Gen.ULong[0, 10_000].Array[1, 50]).Sample((grid, steps) =>
        {
            CoinGrid coins = new(grid.EnrolledWh, grid.CarryWh, grid.WhPerCoin);
            ulong registerWh = grid.EnrolledWh;
            ulong signedWh = grid.EnrolledWh;
            foreach (ulong step in steps)
            {
                registerWh += Math.Min(step, Full - registerWh);
                ulong pointWh = coins.ToPointDown(registerWh, signedWh);
                Assert.InRange(pointWh, signedWh, registerWh);
                signedWh = pointWh;
            }
        });

    [Fact]
    public void Coins_of_signed_points_telescope_to_what_the_ledger_mints() =>
        Gen.Select(Grids, Gen.ULong[0, 10_000].Array[1, 50], Gen.Bool.Array[50])
        .Sample((grid, steps, isExact) =>
        {
            CoinGrid coins = new(grid.EnrolledWh, grid.CarryWh, grid.WhPerCoin);
            UInt128 mintOffset = (UInt128)(
                (((Int128)grid.CarryWh - grid.EnrolledWh) % grid.WhPerCoin + grid.WhPerCoin)
                % grid.WhPerCoin);
            ulong registerWh = grid.EnrolledWh;
            ulong signedWh = grid.EnrolledWh;
            UInt128 minted = 0;
            for (int i = 0; i < steps.Length; i++)
            {
                registerWh += Math.Min(steps[i], Full - registerWh);
                ulong nextWh = isExact[i] ? registerWh : coins.ToPointDown(registerWh, signedWh);
                minted += ((nextWh + mintOffset) / grid.WhPerCoin)
                    - ((signedWh + mintOffset) / grid.WhPerCoin);
                Assert.Equal(
                    (UInt128)(coins.CoinsDown(registerWh) - coins.CoinsDown(grid.EnrolledWh)),
                    minted);
                signedWh = nextWh;
            }

            // Nothing for energy before enrolment, and no fraction lost or counted twice.
            Assert.Equal(
                ((UInt128)(registerWh - grid.EnrolledWh) + grid.CarryWh) / grid.WhPerCoin, minted);
        });

    [Theory]
    [InlineData(0UL, 0UL, 0UL)]
    [InlineData(0UL, 300UL, 0UL)]
    [InlineData(Full, 999UL, Full)]
    [InlineData(Full, 0UL, Full)]
    public void Signs_the_Enrolment_itself_before_the_first_coin(
        ulong enrolledWh, ulong carryWh, ulong expectedWh)
    {
        CoinGrid coins = new(enrolledWh, carryWh, 1000);

        Assert.Equal(expectedWh, coins.ToPointDown(enrolledWh, enrolledWh));
    }
}
