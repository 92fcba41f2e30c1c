using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class MeterTests
{
    [Fact]
    public void Signs_when_a_whole_coin_is_earned_and_not_before()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);

        bench.Feed(99);
        Assert.Null(bench.Take());
        bench.Feed(1);
        Reading? reading = bench.Take();

        Assert.NotNull(reading);
        Assert.Equal(100UL, reading.ExportWh);
        Assert.Equal(2U, reading.Pagination);
        Assert.Null(bench.Take());
    }
}
