namespace Helios.Boards.Hardware;

/// <summary>Native memory as the chip's allocator would tell, in bytes.</summary>
/// <param name="Total">Bytes in all.</param>
/// <param name="Free">Bytes that are free.</param>
/// <param name="LargestFreeBlock">Bytes of the largest block that is free.</param>
/// <param name="SpiRam">Bytes of PSRAM, all free.</param>
public sealed record NativeHeap(uint Total, uint Free, uint LargestFreeBlock, uint SpiRam);
