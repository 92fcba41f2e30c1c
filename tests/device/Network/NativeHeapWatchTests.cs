using Helios.Device;

namespace Helios.Tests.Device.Network;

public class NativeHeapWatchTests
{
    [Theory]
    [InlineData(110_000, 39_999, 8, true)]
    [InlineData(110_000, 40_000, 8, false)]
    [InlineData(110_000, 39_999, 7, false)]
    [InlineData(39_999, 20_000, 13, false)]
    public void A_restart_helps_a_heap_that_broke_into_pieces_since_boot_and_no_other(
        uint atBoot, uint now, byte failedAttempts, bool expected)
    {
        BoardMemory memory = new() { LargestFreeBlock = atBoot };
        NativeHeapWatch? watch = null;
        memory.Run(() => watch = new NativeHeapWatch());
        memory.LargestFreeBlock = now;
        memory.Run(() =>
        {
            Assert.Equal(expected, watch!.IsRestartDue(failedAttempts, out var largest));
            Assert.Equal(now, largest);
        });
    }
}
