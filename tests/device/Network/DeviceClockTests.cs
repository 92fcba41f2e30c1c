using Helios.Device;
using Helios.Metering;

namespace Helios.Tests.Device.Network;

public class DeviceClockTests
{
    private const ulong Noon = 1_780_000_000_000;
    private readonly DeviceClock _clock = new();

    [Fact]
    public void Knows_nothing_before_an_answer() => AssertAt(5000, 0, ReadingStatus.TimeUnknown);

    [Fact]
    public void One_answer_alone_is_informative()
    {
        _clock.Learn(Noon, 10_000);
        AssertAt(70_000, (Noon + 60_000) / 1000, ReadingStatus.TimeInformative);
    }

    [Fact]
    public void Two_answers_that_agree_are_synchronised_for_a_day()
    {
        _clock.Learn(Noon, 10_000);
        _clock.Learn(Noon + 64_000, 74_000);
        AssertAt(74_000, (Noon + 64_000) / 1000, ReadingStatus.TimeSynchronised);
        var dayMs = DeviceClock.SynchronisedMsMax;
        AssertAt(74_000 + dayMs, (Noon + 64_000 + dayMs) / 1000, ReadingStatus.TimeSynchronised);
        AssertAt(74_001 + dayMs, (Noon + 64_001 + dayMs) / 1000, ReadingStatus.TimeInformative);
    }

    [Theory]
    [InlineData(2006, true)]
    [InlineData(-2006, true)]
    [InlineData(2007, false)]
    [InlineData(-2007, false)]
    public void An_answer_that_disagrees_with_the_uptime_confirms_nothing(
        long errorMs, bool isConfirmed)
    {
        // 64 s allow 2,000 ms and 6 ms of drift.
        _clock.Learn(Noon, 0);
        _clock.Learn((ulong)((long)Noon + 64_000 + errorMs), 64_000);
        var expected = isConfirmed
            ? ReadingStatus.TimeSynchronised
            : ReadingStatus.TimeInformative;
        Assert.Equal(expected, _clock.At(64_000).TimeStatus);
    }

    [Fact]
    public void An_uptime_taken_just_before_the_answer_is_no_surprise()
    {
        _clock.Learn(Noon, 10_000);
        _clock.Learn(Noon + 64_000, 74_000);
        AssertAt(73_000, (Noon + 63_000) / 1000, ReadingStatus.TimeSynchronised);
    }

    private void AssertAt(ulong uptimeMs, ulong unixSeconds, ushort status)
    {
        var time = _clock.At(uptimeMs);
        Assert.Equal((unixSeconds, status), (time.UnixSeconds, time.TimeStatus));
    }
}
