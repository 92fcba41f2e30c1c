using Helios.Boards.Simulated;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// A roof and a household: by day up to 9 kW out, otherwise up to 4 kW in, another power every few
/// minutes.
/// </summary>
internal sealed class RandomFlow(int seed) : IPowerFlow
{
    private const ulong DayMs = 86_400_000;

    private readonly Random _random = new(seed);
    private ulong _untilMs;
    private long _milliwatts;

    public long MilliwattsAt(ulong atMs, out ulong untilMs)
    {
        if (atMs >= _untilMs)
        {
            var isDay = atMs % DayMs is > DayMs / 3 and < DayMs * 2 / 3;
            _milliwatts = isDay ? _random.Next(9_000_000) : -_random.Next(4_000_000);
            _untilMs = atMs + (ulong)_random.Next(60_000, 1_800_000);
        }

        untilMs = _untilMs;
        return _milliwatts;
    }
}
