using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>
/// A chip beside the ESP32 that pulls its reset when it was not fed in time (TPL5010: the rising
/// edge of DONE). It runs for as long as there is power, through every restart.
/// </summary>
public sealed class WatchdogChip
{
    private readonly BoardClock _clock;
    private readonly ulong _periodMs;
    private readonly Action _reset;
    private ulong _fedAtMs;

    internal WatchdogChip(BoardClock clock, PinWire feed, ulong periodMs, Action reset)
    {
        _clock = clock;
        _periodMs = periodMs;
        _reset = reset;
        feed.Changed += isHigh =>
        {
            if (isHigh)
            {
                Feed();
            }
        };
    }

    /// <summary>Resets so far.</summary>
    public int Resets { get; private set; }

    internal ulong ResetsAtMs => _fedAtMs + _periodMs;

    internal void Feed() => _fedAtMs = _clock.NowMs;

    internal void Reset()
    {
        Resets++;
        Feed();
        _reset();
    }
}
