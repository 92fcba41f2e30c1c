using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>
/// Two slots that live through power cuts. Power fails after a given number of further bytes; what
/// was written until then stays, and nothing answers before <see cref="PowerUp"/>.
/// </summary>
internal sealed class SimulatedStorage : IJournalStorage
{
    private readonly byte[][] _slots =
        [new byte[JournalRecordCodec.Length], new byte[JournalRecordCodec.Length]];

    public long BytesUntilCut { get; set; } = long.MaxValue;

    /// <summary>A cut leaves the rest of the slot erased instead of old.</summary>
    public bool IsErasedFirst { get; set; }

    public long BytesWritten { get; private set; }

    public int Writes { get; private set; }

    public bool IsOff { get; private set; }

    /// <summary>Slots that refuse to be written.</summary>
    public HashSet<int> Stuck { get; } = [];

    /// <summary>Slots that report success but keep what they had.</summary>
    public HashSet<int> Forgetful { get; } = [];

    /// <summary>Slots that cannot be read.</summary>
    public HashSet<int> Mute { get; } = [];

    /// <summary>Runs in the middle of every write.</summary>
    public Action WhileWriting { get; set; } = () => { };

    public byte[] Slot(int slot) => _slots[slot];

    public void PowerUp()
    {
        IsOff = false;
        BytesUntilCut = long.MaxValue;
    }

    public StorageResult Read(int slot, byte[] bytes)
    {
        if (IsOff || Mute.Contains(slot))
        {
            return StorageResult.Failed;
        }

        _slots[slot].CopyTo(bytes, 0);
        return StorageResult.Done;
    }

    public StorageResult Write(int slot, byte[] bytes)
    {
        if (IsOff || Stuck.Contains(slot))
        {
            return StorageResult.Failed;
        }

        Writes++;
        WhileWriting();
        if (Forgetful.Contains(slot))
        {
            return StorageResult.Done;
        }

        if (IsErasedFirst && BytesUntilCut > 0)
        {
            Array.Fill(_slots[slot], (byte)0xFF);
        }

        int length = (int)Math.Min(bytes.Length, BytesUntilCut);
        Array.Copy(bytes, _slots[slot], length);
        BytesUntilCut -= length;
        BytesWritten += length;
        if (length < bytes.Length)
        {
            IsOff = true;
            return StorageResult.Failed;
        }

        return StorageResult.Done;
    }
}
