using Helios.Boards.Hardware;

namespace Helios.Tests.Device.Network;

/// <summary>Runs firmware that asks for native memory and nothing else of a board.</summary>
internal sealed class BoardMemory
{
    public uint LargestFreeBlock { get; set; } = 110_000;

    public void Run(Action code) => new BoardHardware(
        null!,
        new PinBank(1),
        null!,
        new NativeHeap(uint.MaxValue, uint.MaxValue, LargestFreeBlock, 0),
        0).Run(code);
}
