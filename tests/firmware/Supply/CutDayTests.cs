using Helios.Metering;
using Helios.Signing;
using Helios.Supply;
using Helios.Tests.Firmware.Signing;

namespace Helios.Tests.Firmware.Supply;

/// <summary>Power that fails at any moment: nothing is won by it, and little lost.</summary>
public sealed class CutDayTests
{
    private const ulong DayMs = 86_400_000;

    [Fact]
    public void A_day_of_cuts_every_few_seconds_and_a_return_wins_nothing_and_costs_a_block_each()
    {
        var random = Seeded.Random();
        SupplyOnTheBench bench = new() { LoadW = 4000 };
        ulong blockWh = new CreditBlock(SupplyOnTheBench.RatedPowerW, 1000).SizeWh;
        ulong level = 0;
        uint pagination = 0;
        ulong cuts = 0;
        while (bench.NowMs < DayMs)
        {
            if (bench.RestWh < 2000)
            {
                level = bench.Meter.ImportWhDown + 500_000;
                bench.Authorise(level);
            }

            bench.LoadW = (ulong)random.Next(0, 15_001);
            bench.Run((ulong)random.Next(1, 12_000));
            AssertSignedRise(bench, ref pagination);

            UInt128 flowed = bench.Flowed;
            ulong before = bench.Meter.ImportWhDown;
            bench.Storage.BytesUntilCut = random.Next(3) == 0 ? random.Next(1024) : 0;
            bench.Run((ulong)random.Next(1, 2000));
            bench.Boot();
            cuts++;

            Assert.True(
                SupplyOnTheBench.ToFlow(bench.Meter.ImportWhDown) >= flowed,
                $"{bench.Meter.ImportWhDown} Wh are counted, {bench.FlowedWhUp} flowed.");
            Assert.InRange(bench.Meter.ImportWhDown, before, before + blockWh);
        }

        bench.Run(60_000);
        bench.Keeper.AskReturn();
        bench.Run(10_000);
        AssertSignedRise(bench, ref pagination);
        Reading last = bench.Signed[^1];
        Assert.Equal(level, last.ImportWh + last.ReturnedWh);
        Assert.Equal(level, last.AuthorisedWh);
        Assert.InRange(last.ImportWh, bench.FlowedWhUp, bench.FlowedWhUp + (cuts * blockWh));
        Assert.InRange(cuts, 8_000UL, ulong.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{cuts} cuts: {bench.FlowedWhUp} Wh flowed, {last.ImportWh} Wh counted, a block is "
            + $"{blockWh} Wh.");
    }

    [Fact]
    public void A_cut_after_every_byte_of_a_delivery_and_its_return_neither_wins_nor_sticks()
    {
        SupplyOnTheBench whole = new();
        long before = whole.Storage.BytesWritten;
        Live(whole);
        long bytes = whole.Storage.BytesWritten - before;
        Assert.InRange(bytes, 5000, 40_000);
        int step = Night.IsOn ? 1 : 13;
        for (long cutAt = 0; cutAt < bytes; cutAt += step)
        {
            SupplyOnTheBench bench = new();
            bench.Storage.BytesUntilCut = cutAt;
            Live(bench);
            ulong authorised = bench.Storage.IsOff ? 0 : bench.Record.AuthorisedWh;
            bench.Boot();

            Assert.Equal(MeterState.Ready, bench.Meter.State);

            // Where the credit ends, a cut within the contactor's lag hides what overshot.
            Assert.True(
                SupplyOnTheBench.ToFlow(bench.Meter.ImportWhDown + OvershootTests.BoundWh)
                    >= bench.Flowed);
            Assert.True(bench.Record.AuthorisedWh >= authorised);
            foreach (var reading in bench.Signed)
            {
                Assert.True(reading.ImportWh <= bench.Meter.ImportWhDown);
                Assert.True(reading.ReturnedWh <= bench.Record.ReturnedWh);
                Assert.True(reading.AuthorisedWh <= bench.Record.AuthorisedWh);
            }

            // Nothing sticks: the order is heard again, and everything goes back.
            SupplyResult heard = bench.Order(bench.Controllers[0], 400);
            Assert.True(heard is SupplyResult.Taken or SupplyResult.NotHigher);
            bench.Keeper.AskReturn();
            bench.Run(10_000);
            Assert.Equal(400UL, bench.Signed[^1].ImportWh + bench.Signed[^1].ReturnedWh);
        }
    }

    private static void Live(SupplyOnTheBench bench)
    {
        bench.LoadW = 12_000;
        bench.Order(bench.Controllers[0], 100);
        bench.Run(20_000);
        bench.Order(bench.Controllers[0], 400);
        bench.Run(20_000);
        bench.Request(OwnerRequest.SignReading, 1);
        bench.Run(2000);
        bench.Request(OwnerRequest.Return, 2, 400);
        bench.Run(6000);
    }

    private static void AssertSignedRise(SupplyOnTheBench bench, ref uint pagination)
    {
        for (int i = 1; i < bench.Signed.Count; i++)
        {
            Reading before = bench.Signed[i - 1], after = bench.Signed[i];
            Assert.True(after.Pagination > before.Pagination);
            Assert.True(after.ImportWh >= before.ImportWh);
            Assert.True(after.ReturnedWh >= before.ReturnedWh);
            Assert.True(after.AuthorisedWh >= before.AuthorisedWh);
        }

        if (bench.Signed.Count > 1)
        {
            pagination = bench.Signed[^1].Pagination;
            bench.Signed.RemoveRange(0, bench.Signed.Count - 1);
        }
    }
}
