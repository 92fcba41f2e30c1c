namespace Helios.Relay;

/// <summary>Spans of the chain's clock: seconds between blocks' times, or blocks.</summary>
internal static class ChainClock
{
    /// <summary>
    /// Whether a span is over. One that begins later than now was begun by a false block, and
    /// would hold for as long as a node likes: it counts as over.
    /// </summary>
    public static bool IsOver(ulong since, ulong length, ulong now) =>
        now < since || now - since >= length;
}
