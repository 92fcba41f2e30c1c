using Helios.Device;

namespace Helios.Tests.Device.Bench;

/// <summary>Files in memory, with a power cut after any byte and other faults on demand.</summary>
internal sealed class MemoryFlash : IFlash
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Names whose every write seems to work and changes nothing.</summary>
    public HashSet<string> Stuck { get; } = [];

    /// <summary>Names that can be neither read nor written.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Bytes that are still written before the power goes; null while it stays.</summary>
    public long? BytesUntilCut { get; set; }

    public bool IsOff { get; private set; }

    public int Writes { get; private set; }

    public byte[]? this[string name]
    {
        get => _files.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                _files.Remove(name);
            }
            else
            {
                _files[name] = value;
            }
        }
    }

    public void PowerUp()
    {
        BytesUntilCut = null;
        IsOff = false;
    }

    public FlashResult Read(string name, byte[] bytes, out int length)
    {
        length = 0;
        if (IsOff || Broken.Contains(name))
        {
            return FlashResult.Failed;
        }

        if (!_files.TryGetValue(name, out var file))
        {
            return FlashResult.Missing;
        }

        if (file.Length > bytes.Length)
        {
            return FlashResult.TooLong;
        }

        file.CopyTo(bytes, 0);
        length = file.Length;
        return FlashResult.Done;
    }

    public FlashResult Write(string name, byte[] bytes)
    {
        if (IsOff || Broken.Contains(name))
        {
            return FlashResult.Failed;
        }

        Writes++;
        if (Stuck.Contains(name))
        {
            return FlashResult.Done;
        }

        // What was there before shows behind the cut, as after a write in place.
        var written = (int)Math.Min(bytes.Length, BytesUntilCut ?? bytes.Length);
        var before = _files.GetValueOrDefault(name, []);
        _files[name] = written == bytes.Length
            ? [.. bytes]
            : [.. bytes.Take(written), .. before.Skip(written)];
        BytesUntilCut -= written;
        IsOff = BytesUntilCut == 0;
        return IsOff ? FlashResult.Failed : FlashResult.Done;
    }
}
