using Helios.Boards;
using Helios.Device;
using Helios.Metering;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class LinksTests
{
    [Fact]
    public void The_trace_keeps_the_last_entries_newest_first()
    {
        Trace trace = new();
        Assert.Equal(TraceCode.None, trace.Read(0, out _, out _));
        for (var i = 1U; i <= 100; i++)
        {
            trace.Add(TraceCode.Enrolled, i, i * 1000);
            Assert.Equal(Math.Min((int)i, Trace.Capacity), trace.Count);
            Assert.Equal(TraceCode.Enrolled, trace.Read(0, out var newest, out var newestS));
            Assert.Equal((i, i), (newest, newestS));
        }

        Assert.Equal(
            TraceCode.Enrolled, trace.Read(Trace.Capacity - 1, out var oldest, out var uptimeS));
        Assert.Equal((100U - Trace.Capacity + 1, oldest), (oldest, uptimeS));
        Assert.Equal(TraceCode.None, trace.Read(Trace.Capacity, out _, out _));
        Assert.Equal(TraceCode.None, trace.Read(-1, out _, out _));
    }

    [Fact]
    public void A_request_to_store_is_done_when_what_was_asked_last_is_written()
    {
        StoreRequest request = new(new Signal(), new Signal());
        Assert.True(request.IsDone);
        request.Ask(1);
        Assert.True(request.TryTake());
        Assert.False(request.IsDone);
        request.Ask(2);
        request.Finish();
        Assert.False(request.IsDone);

        Assert.True(request.TryTake());
        request.Finish();
        Assert.True(request.IsDone);
        Assert.False(request.TryTake());
        Assert.Equal(2, request.FailedAttempts);
    }

    [Fact]
    public void The_first_order_to_restart_counts()
    {
        RestartOrder order = new(new Signal());
        order.Ask(RestartCause.Fault, 5);
        order.Ask(RestartCause.Planned, 6);
        Assert.Equal((RestartCause.Fault, 5UL), (order.Cause, order.AskedUptimeMs));
    }

    [Theory]
    [InlineData(MeterState.Ready, true, 1)]
    [InlineData(MeterState.Ready, false, 2)]
    [InlineData(MeterState.KeyLost, false, 4)]
    public void The_LED_shows_how_the_meter_is(MeterState state, bool isConnected, int litOfEight)
    {
        var bench = DeviceOnTheBench.Signing();
        var lit = 0;
        for (var second = 0; second < 8; second++)
        {
            bench.Links.Condition.Meter = state;
            bench.Links.Condition.IsConnected = isConnected;
            bench.Program.Io.Led.Show((ulong)second * 1000);
            var isLit = bench.Board.Pins[BoardPins.StatusLed].IsHigh == BoardPins.StatusLedIsHigh;
            lit += isLit ? 1 : 0;
        }

        Assert.Equal(litOfEight, lit);
    }

    private sealed class Signal : IWakeSignal
    {
        public void Raise()
        {
        }
    }
}
