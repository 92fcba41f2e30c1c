using Helios.Element;
using Helios.Metering;
using Helios.Supply;

namespace Helios.Tests.Element;

/// <summary>How long the element's counter lasts: the figures of firmware/README.md.</summary>
public sealed class CounterBudgetTests
{
    private const ulong ImportedWh = 100_000;

    [Theory]
    [InlineData(5750, 1000, 96, 201_000)]
    [InlineData(11_000, 1000, 183, 383_000)]
    [InlineData(5750, 100, 50, 104_000)]
    public void Import_takes_a_count_for_each_half_of_a_block(
        uint maxPowerW, ulong whPerCoin, ulong whPerCount, ulong kwh)
    {
        var block = new CreditBlock(maxPowerW, whPerCoin);
        var record = new SupplyRecord { AuthorisedWh = Reading.RegisterWhMax };
        var counts = 0UL;
        for (var importWh = 0UL; importWh < ImportedWh; importWh++)
        {
            var markWh = block.NextMarkWh(record, importWh);
            counts += markWh > record.MarkWh ? 1UL : 0;
            record.MarkWh = markWh;
        }

        Assert.InRange(counts, ImportedWh / whPerCount, (ImportedWh / whPerCount) + 1);
        Assert.InRange(SecureElement.CounterMax * whPerCount / 1000, kwh, kwh + 999);
    }
}
