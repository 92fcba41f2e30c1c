using System.Globalization;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Four hours of a house around a sunny noon, as a measured series: long enough to earn, trade and
/// consume, while a whole day's auctions make a run of minutes.
/// </summary>
internal sealed class SunnyHours : IDisposable
{
    // Half-hours of kilowatts.
    private static readonly decimal[] TakenIn = [0.6m, 0.7m, 0.8m, 0.6m, 0.7m, 0.8m, 0.6m, 0.7m];
    private static readonly decimal[] FedOut = [4, 6, 8, 9, 8, 3, 0.2m, 0];

    private readonly string _path = Path.Combine(
        Path.GetTempPath(), $"helios-{Guid.NewGuid():N}.csv");

    public SunnyHours() => File.WriteAllLines(_path, Lines());

    /// <summary>What each producer feeds out, Wh.</summary>
    public static long EarnedWh => (long)(1000 * FedOut.Sum() / 2);

    /// <summary>Plays it.</summary>
    public string[] Arguments => ["--house", _path, "--columns", "IN,OUT"];

    public void Dispose() => File.Delete(_path);

    private static IEnumerable<string> Lines() =>
    [
        "time,IN,OUT",
        .. FedOut.Select((kilowatts, half) => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2025, 7, 10, 9, 0, 0).AddMinutes(30 * half):yyyy-MM-dd HH:mm},"
                + $"{TakenIn[half]},{kilowatts}")),
    ];
}
