using System.Numerics;
using CsCheck;
using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class EnergyRegisterTests
{
    private const ulong Full = (1UL << 48) - 1;

    [Theory]
    [InlineData(0UL, 1000U, 0UL)]
    [InlineData(1UL, 1000U, 1UL)]
    [InlineData(1UL, 10000U, 0UL)]
    [InlineData(9UL, 10000U, 0UL)]
    [InlineData(10UL, 10000U, 1UL)]
    [InlineData(1UL, 3U, 333UL)]
    [InlineData(uint.MaxValue - 1UL, 1000U, uint.MaxValue - 1UL)]
    [InlineData(uint.MaxValue + 1UL, 1000U, uint.MaxValue + 1UL)]
    [InlineData(uint.MaxValue + 2UL, 1000U, uint.MaxValue + 2UL)]
    [InlineData(Full - 1, 1000U, Full - 1)]
    [InlineData(Full, 1000U, Full)]
    [InlineData(Full + 1, 1000U, Full)]
    [InlineData(EnergyRegister.ImpulsesMax, 1U, Full)]
    public void Derives_watt_hours_by_one_division_rounding_down(
        ulong impulses, uint impulsesPerKwh, ulong expectedWh)
    {
        Assert.Equal(expectedWh, EnergyRegister.ToWattHoursDown(impulses, 0, impulsesPerKwh));
    }

    [Fact]
    public void Loses_no_fraction_however_the_impulses_arrive() =>
        Gen.Select(Gen.ULong[0, 1UL << 40], Gen.ULong[0, 100_000].Array, Gen.UInt[1, 100_000])
            .Sample((start, steps, impulsesPerKwh) =>
            {
                EnergyRegister register = new(impulsesPerKwh, start, 0);
                BigInteger impulses = start;
                foreach (ulong step in steps)
                {
                    register.Add(step);
                    impulses += step;
                }

                return register.EnergyWhDown
                    == BigInteger.Min(Full, impulses * 1000 / impulsesPerKwh);
            });

    [Fact]
    public void A_step_raises_to_exactly_the_register_that_was_asked_for_and_never_lowers() =>
        Gen.Select(
            Gen.ULong[0, 1UL << 40], Gen.ULong[0, 1UL << 44], Gen.ULong[0, 1UL << 40],
            Gen.UInt[1, 100_000])
        .Sample((impulses, before, registerWh, impulsesPerKwh) =>
        {
            ulong step = EnergyRegister.StepTo(impulses, before, registerWh, impulsesPerKwh);
            ulong beforeWh = EnergyRegister.ToWattHoursDown(impulses, before, impulsesPerKwh);
            EnergyRegister register = new(impulsesPerKwh, impulses, step);
            return step >= before && register.EnergyWhDown == Math.Max(beforeWh, registerWh);
        });

    [Theory]
    [InlineData(0UL, 0UL, Full, 100_000U)]
    [InlineData(EnergyRegister.ImpulsesMax, EnergyRegister.StepMax, Full, 100_000U)]
    [InlineData(EnergyRegister.ImpulsesMax, 0UL, ulong.MaxValue, 1U)]
    public void No_step_wraps(ulong impulses, ulong before, ulong registerWh, uint impulsesPerKwh)
    {
        ulong step = EnergyRegister.StepTo(impulses, before, registerWh, impulsesPerKwh);

        Assert.InRange(step, before, EnergyRegister.StepMax);
        Assert.Equal(
            (ulong)BigInteger.Min(
                Full, ((BigInteger)impulses * 1000 + step) / impulsesPerKwh),
            EnergyRegister.ToWattHoursDown(impulses, step, impulsesPerKwh));
    }

    [Fact]
    public void Stays_full_instead_of_wrapping()
    {
        EnergyRegister register = new(1000, EnergyRegister.ImpulsesMax - 1, 0);

        register.Add(ulong.MaxValue);
        register.Add(1);

        Assert.Equal(EnergyRegister.ImpulsesMax, register.Impulses);
        Assert.Equal(Full, register.EnergyWhDown);
    }
}
