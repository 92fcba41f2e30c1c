using Helios.Device;

namespace Helios.Tests.Device.Network;

public class NativeHeapWatchTests
{
    [Theory]
    [InlineData(110_000, 39_999, 8, NativeHeapWatch.UptimeMsMin, true)]
    [InlineData(110_000, 40_000, 8, NativeHeapWatch.UptimeMsMin, false)]
    [InlineData(110_000, 39_999, 7, NativeHeapWatch.UptimeMsMin, false)]
    [InlineData(110_000, 39_999, 8, NativeHeapWatch.UptimeMsMin - 1, false)]
    [InlineData(39_999, 20_000, 13, NativeHeapWatch.UptimeMsMin, false)]
    public void A_restart_helps_a_heap_that_broke_into_pieces_since_the_first_handshake_only(
        uint atFirst, uint now, byte failedAttempts, ulong uptimeMs, bool expected)
    {
        NativeHeapWatch watch = new();
        BoardMemory memory = new() { LargestFreeBlock = atFirst };
        memory.Run(watch.Look);
        memory.LargestFreeBlock = now;
        memory.Run(() =>
        {
            watch.Look();
            Assert.Equal(
                expected, watch.IsRestartDue(failedAttempts, uptimeMs, out var largest));
            Assert.Equal(now, largest);
        });
    }
}
