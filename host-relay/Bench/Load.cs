using System.Diagnostics;

namespace Helios.Bench;

/// <summary>
/// Meters that send as fast as they are acknowledged, a fixed number of readings under way.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const int ConnectedAtOnce = 50;

    // One class a millisecond; what took longer counts as the longest.
    private const int LongestMs = 10_000;

    private readonly MeterLink[] _links;
    private readonly int _underWay;

    private Load(MeterLink[] links, int underWay)
    {
        _links = links;
        _underWay = underWay;
    }

    /// <summary>Connects the meters, spread over the brokers.</summary>
    public static async Task<Load> OpenAsync(
        IReadOnlyList<int> ports, BenchMeter[] meters, int underWay, CancellationToken ct)
    {
        var links = new List<MeterLink>();
        foreach (var some in meters.Index().Chunk(ConnectedAtOnce))
        {
            links.AddRange(await Task.WhenAll(some.Select(one =>
                MeterLink.OpenAsync(ports[one.Index % ports.Count], one.Item, ct))));
        }

        return new Load([.. links], Math.Min(underWay, meters.Length));
    }

    /// <summary>Sends for so long.</summary>
    public async Task<LoadFigures> RunAsync(TimeSpan length, CancellationToken ct)
    {
        var classes = new long[LongestMs + 1];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, _underWay).Select(worker => Task.Run(
            async () =>
            {
                for (var at = worker; clock.Elapsed < length; at = Next(at, worker))
                {
                    var startedAt = Stopwatch.GetTimestamp();
                    await _links[at].DeliverAsync(ct);
                    var ms = (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
                    Interlocked.Increment(ref classes[Math.Min(ms, LongestMs)]);
                }
            },
            ct)));
        return new LoadFigures(classes, clock.Elapsed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }

    // Each worker has meters of its own, so that a meter has one reading under way at most.
    private int Next(int at, int worker) =>
        at + _underWay < _links.Length ? at + _underWay : worker;
}
