using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class ThrowingLineTests
{
    [Fact]
    public void Keeps_what_one_line_brought_when_the_other_line_throws()
    {
        SimulatedCounter export = new();
        var meter = Meter.WithoutConfiguration(export, new Broken(), new SimulatedStorage());
        export.Count = 5;

        Assert.Throws<InvalidOperationException>(() => meter.Count(1000));
        Assert.Equal(5UL, meter.ExportImpulses);
    }

    [Fact]
    public void Counts_the_second_line_when_the_first_throws()
    {
        SimulatedCounter import = new();
        var meter = Meter.WithoutConfiguration(new Broken(), import, new SimulatedStorage());
        import.Count = 5;

        Assert.Throws<InvalidOperationException>(() => meter.Count(1000));
        Assert.Equal(5UL, meter.ImportImpulses);
    }

    private sealed class Broken : IPulseCounter
    {
        public ulong Read() => throw new InvalidOperationException();
    }
}
