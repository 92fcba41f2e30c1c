using Helios.Boards.Hardware;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The chip's memory outside the interpreter's heap.</summary>
public class NativeMemory
{
    /// <summary>Which memory.</summary>
    public enum MemoryType
    {
        /// <summary>All of it.</summary>
        All,

        /// <summary>That of the chip itself.</summary>
        Internal,

        /// <summary>PSRAM.</summary>
        SpiRam,
    }

    /// <summary>Bytes in all, free, and in the largest free block.</summary>
    public static void GetMemoryInfo(
        MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        var heap = BoardHardware.Current.Heap;
        var spiRam = memType == MemoryType.Internal ? 0 : heap.SpiRam;
        var isInternalToo = memType != MemoryType.SpiRam;
        totalSize = (isInternalToo ? heap.Total : 0) + spiRam;
        totalFreeSize = (isInternalToo ? heap.Free : 0) + spiRam;
        largestFreeBlock = Math.Max(isInternalToo ? heap.LargestFreeBlock : 0, spiRam);
    }
}
