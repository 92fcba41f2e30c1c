using Helios.Metering;

namespace Helios.Boards.Virtual.Pins;

/// <summary>The two journal slots of a board, kept in memory for as long as it runs.</summary>
public sealed class SimulatedSlots : IJournalStorage
{
    private readonly byte[]?[] _slots = new byte[2][];

    /// <inheritdoc/>
    public StorageResult Read(int slot, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (_slots[slot] is not { } content)
        {
            return StorageResult.Failed;
        }

        Array.Clear(bytes);
        content.AsSpan(0, Math.Min(content.Length, bytes.Length)).CopyTo(bytes);
        return StorageResult.Done;
    }

    /// <inheritdoc/>
    public StorageResult Write(int slot, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _slots[slot] = bytes.AsSpan().ToArray();
        return StorageResult.Done;
    }
}
