namespace Helios.Bench;

/// <summary>What a load measured.</summary>
/// <param name="Classes">Acknowledged readings by the milliseconds from publishing on.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record LoadFigures(long[] Classes, TimeSpan Elapsed)
{
    /// <summary>Readings acknowledged.</summary>
    public long Readings => Classes.Sum();

    /// <summary>Readings acknowledged in a second.</summary>
    public double PerSecond => Readings / Elapsed.TotalSeconds;

    /// <summary>Milliseconds within which such a part of the readings was acknowledged.</summary>
    /// <param name="perMille">1 to 1000.</param>
    public int WithinMs(int perMille)
    {
        var wanted = (Readings * perMille + 999) / 1000;
        var (ms, seen) = (0, Classes[0]);
        while (seen < wanted)
        {
            seen += Classes[++ms];
        }

        return ms;
    }
}
