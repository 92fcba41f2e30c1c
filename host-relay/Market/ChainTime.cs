namespace Helios.Trading;

/// <summary>Block time for people.</summary>
internal static class ChainTime
{
    private static readonly ulong Last = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Date and time of UTC, to the second.</summary>
    /// <param name="unixS">Unix seconds; after the year 9999 that year's end.</param>
    public static string Of(ulong unixS)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(unixS, Last));
        return $"{at:yyyy-MM-dd HH:mm:ss} UTC";
    }
}
