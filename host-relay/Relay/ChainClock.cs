namespace Helios.Relay;

/// <summary>Spans of the chain's clock, the newest block's time: Unix seconds.</summary>
internal static class ChainClock
{
    /// <summary>
    /// Whether a span is over. One that begins later than now was begun by a false block, and
    /// would hold for as long as a node likes: it counts as over.
    /// </summary>
    public static bool IsOver(ulong since, ulong lengthS, ulong now) =>
        now < since || now - since >= lengthS;
}
