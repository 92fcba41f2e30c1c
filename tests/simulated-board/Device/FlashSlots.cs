using Helios.Boards.Simulated;
using Helios.Metering;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// The journal on a board's flash, read from outside: what is written goes nowhere.
/// </summary>
internal sealed class FlashSlots(SimulatedFlash flash) : IJournalStorage
{
    private readonly byte[]?[] _slots = [Slot(flash, 0), Slot(flash, 1)];

    /// <summary>
    /// The record that a boot opens as soon as the flash can be read, or null.
    /// </summary>
    internal static JournalRecord? Find(SimulatedFlash flash)
    {
        new Journal(new FlashSlots(flash)).Open(out var record);
        return record;
    }

    public StorageResult Read(int slot, byte[] bytes)
    {
        if (_slots[slot] is not { } content || content.Length > bytes.Length)
        {
            return StorageResult.Failed;
        }

        Array.Clear(bytes);
        content.CopyTo(bytes, 0);
        return StorageResult.Done;
    }

    public StorageResult Write(int slot, byte[] bytes)
    {
        _slots[slot] = [.. bytes];
        return StorageResult.Done;
    }

    private static byte[]? Slot(SimulatedFlash flash, int slot) =>
        flash.Find($"journal{slot}");
}
