namespace Helios.Boards.Simulated;

/// <summary>
/// The files of a board, with faults on demand. It keeps its content for as long as the board
/// exists.
/// </summary>
public sealed class SimulatedFlash
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _before = new(StringComparer.Ordinal);
    private long _bytesUntilCut = long.MaxValue;

    /// <summary>Time that one write takes, all threads standing still, ms.</summary>
    public ulong WriteMs { get; set; } = 40;

    /// <summary>True: no write succeeds, what is there can be read.</summary>
    public bool IsFull { get; set; }

    /// <summary>True: neither reads nor writes succeed.</summary>
    public bool IsFailing { get; set; }

    /// <summary>Files whose reading fails, for as long as their names stand here.</summary>
    public ISet<string> Unreadable { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What a cut leaves behind.</summary>
    public TornWrite Torn { get; set; }

    /// <summary>Files written whole so far.</summary>
    public long Writes { get; private set; }

    /// <summary>Bytes written so far, those of cut writes among them.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Told when a write reaches the byte after which power is to go.</summary>
    public event Action? Cut;

    /// <summary>
    /// Told of each write that was refused because the storage is full or failing.
    /// </summary>
    public event Action? Refused;

    /// <summary>Puts a file there, as nanoff does.</summary>
    public void Place(string name, byte[] bytes) => _files[name] = bytes;

    /// <summary>A file as it is, or null.</summary>
    public byte[]? Find(string name) => _files.GetValueOrDefault(name);

    /// <summary>Takes a file away.</summary>
    public void Remove(string name) => _files.Remove(name);

    /// <summary>A file goes back to what it was before its last write.</summary>
    public void Age(string name)
    {
        if (_before.TryGetValue(name, out var old))
        {
            _files[name] = old;
        }
    }

    /// <summary>Cuts the power after so many bytes more, 0 or more of them.</summary>
    public void CutAfter(long bytes) => _bytesUntilCut = bytes;

    /// <summary>Every file as it is now.</summary>
    public IReadOnlyDictionary<string, byte[]> Snapshot() =>
        new Dictionary<string, byte[]>(_files, StringComparer.Ordinal);

    internal bool TryRead(string name, out byte[]? bytes)
    {
        var isReadable = !IsFailing && !Unreadable.Contains(name);
        bytes = isReadable ? Find(name) : null;
        return isReadable;
    }

    internal bool TryWrite(string name, byte[] bytes)
    {
        if (IsFailing || IsFull)
        {
            Refused?.Invoke();
            return false;
        }

        var old = Find(name) ?? [];
        if (_bytesUntilCut <= bytes.Length)
        {
            var written = (int)_bytesUntilCut;
            _bytesUntilCut = long.MaxValue;
            BytesWritten += written;
            Tear(name, old, bytes, written);
            Cut?.Invoke();
            return false;
        }

        _bytesUntilCut -= _bytesUntilCut == long.MaxValue ? 0 : bytes.Length;
        Writes++;
        BytesWritten += bytes.Length;
        _before[name] = old;
        _files[name] = [.. bytes];
        return true;
    }

    private void Tear(string name, byte[] old, byte[] bytes, int written)
    {
        var torn = Torn switch
        {
            TornWrite.OldStays => old,
            TornWrite.NewOverOld => [.. bytes[..written], .. old.Skip(written)],
            TornWrite.NewOnly => bytes[..written],
            _ => [.. bytes[..written], .. Enumerable.Repeat((byte)0xFF, bytes.Length - written)],
        };
        _files[name] = torn;
    }
}
