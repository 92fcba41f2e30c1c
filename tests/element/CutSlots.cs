using Helios.Metering;

namespace Helios.Tests.Element;

/// <summary>The journal's two slots; a cut leaves what was written until then.</summary>
internal sealed class CutSlots(CutPower power) : IJournalStorage
{
    private readonly byte[][] _slots =
        [new byte[JournalRecordCodec.Length], new byte[JournalRecordCodec.Length]];

    /// <summary>Calls from now on, at the last of which something unexpected is thrown.</summary>
    public int CallsUntilThrown { get; set; }

    /// <summary>A copy of the flash.</summary>
    public byte[][] Image() => [[.. _slots[0]], [.. _slots[1]]];

    /// <summary>Flashes a copy.</summary>
    public void Restore(byte[][] image)
    {
        image[0].CopyTo(_slots[0], 0);
        image[1].CopyTo(_slots[1], 0);
    }

    public StorageResult Read(int slot, byte[] bytes)
    {
        MayThrow();
        _slots[slot].CopyTo(bytes, 0);
        return power.IsOff ? StorageResult.Failed : StorageResult.Done;
    }

    public StorageResult Write(int slot, byte[] bytes)
    {
        MayThrow();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!power.TryStep())
            {
                return StorageResult.Failed;
            }

            _slots[slot][i] = bytes[i];
        }

        return StorageResult.Done;
    }

    private void MayThrow()
    {
        CallsUntilThrown--;
        if (CallsUntilThrown == 0)
        {
            throw new InvalidOperationException("unexpected");
        }
    }
}
