using System.Buffers.Binary;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// A meter that counts, signs, and keeps its own books. It repeats each reading until the relay
/// says that it is stored, and signs the next only then: so every one must be found in the end.
/// </summary>
internal sealed class WorkingMeter(TestMeter meter, int seed) : IDisposable
{
    private const int WhPerReadingMax = 250;

    private readonly Random _random = new(seed);
    private readonly SemaphoreSlim _news = new(0);
    private readonly List<byte[]> _signed = [];
    private uint _storedPagination;

    public TestMeter Meter => meter;

    /// <summary>Everything that it signed, oldest first; the paginations count from 1.</summary>
    public IReadOnlyList<byte[]> Signed => _signed;

    /// <summary>Its register as last signed, Wh.</summary>
    public ulong ExportWh { get; private set; }

    /// <summary>Times that a reading was published.</summary>
    public long Published { get; set; }

    /// <summary>Whether the relay said that the newest reading is stored.</summary>
    public bool IsAcknowledged => Volatile.Read(ref _storedPagination) >= (uint)_signed.Count;

    /// <summary>Signs the next reading.</summary>
    public byte[] SignNext()
    {
        ExportWh += (ulong)_random.Next(WhPerReadingMax);
        _signed.Add(meter.Sign((uint)_signed.Count + 1, ExportWh));
        return _signed[^1];
    }

    /// <summary>Takes the acknowledgement that the relay sends.</summary>
    public void OnAcknowledgement(ReadOnlySpan<byte> payload)
    {
        Volatile.Write(
            ref _storedPagination,
            Math.Max(_storedPagination, BinaryPrimitives.ReadUInt32BigEndian(payload)));
        _news.Release();
    }

    /// <summary>Waits for an acknowledgement, but not for long: it may be lost.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken ct) => _news.WaitAsync(limit, ct);

    public void Dispose() => _news.Dispose();
}
