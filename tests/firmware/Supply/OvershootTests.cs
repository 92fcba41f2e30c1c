using Helios.Tests.Firmware.Signing;

namespace Helios.Tests.Firmware.Supply;

/// <summary>How much more than was authorised can flow.</summary>
public sealed class OvershootTests
{
    /// <summary>
    /// One impulse, and rated power for the hold time and the contactor's lag, rounded up, Wh.
    /// </summary>
    public const ulong BoundWh =
        1 + (((SupplyOnTheBench.RatedPowerW
            * (SupplyOnTheBench.HoldMs + SupplyOnTheBench.ContactorMs)) + 3_599_999) / 3_600_000);

    [Fact]
    public void Stays_within_the_bound_over_10000_deliveries_with_frozen_interpreters_and_mute_peers()
    {
        var random = Seeded.Random();
        SupplyOnTheBench bench = new();
        ulong level = 0, worstWh = 0;
        int overshot = 0, frozen = 0;
        for (int delivery = 0; delivery < 10_000; delivery++)
        {
            // 0.1 to 15 kW. What the last one overshot counts against this one.
            bench.LoadW = (ulong)random.Next(100, 15_001);
            level = Math.Max(level, bench.Meter.ImportWhDown) + (ulong)random.Next(1, 40);
            bench.Authorise(level);
            while (bench.RestWh > 0)
            {
                frozen += Wait(bench, random) ? 1 : 0;
            }

            bench.Run(6000);
            UInt128 authorised = SupplyOnTheBench.ToFlow(level);
            ulong overWh = bench.Flowed > authorised
                ? (ulong)((bench.Flowed - authorised + 3_599_999_999) / 3_600_000_000)
                : 0;
            overshot += overWh > 0 ? 1 : 0;
            worstWh = Math.Max(worstWh, overWh);
            Assert.True(overWh <= BoundWh, $"Delivery {delivery}: {overWh} Wh too much.");
            Assert.False(bench.IsConducting);
        }

        // No cut, no step: the register is what flowed.
        Assert.Equal((ulong)(bench.Flowed / 3_600_000_000), bench.Meter.ImportWhDown);
        Assert.InRange(frozen, 1000, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{overshot} of 10,000 deliveries overshot, the worst by {worstWh} of {BoundWh} Wh; "
            + $"{frozen} freezes.");
    }

    // Until the credit is used: turns, a frozen interpreter at any moment, or a mute peer where
    // the firmware lets a call block.
    private static bool Wait(SupplyOnTheBench bench, Random random)
    {
        // A low load would take long: it goes on at another power, as a household's does.
        bench.Run((ulong)random.Next(1, 4000));
        switch (random.Next(12))
        {
            case 0:
                bench.Freeze((ulong)random.Next(300, 5000));
                return true;
            case 1 when bench.Switch.MayBlock:
                bench.Freeze((ulong)random.Next(1000, 120_000));
                return true;
            case 2:
                bench.LoadW = (ulong)random.Next(100, 15_001);
                return false;
            default:
                return false;
        }
    }
}
