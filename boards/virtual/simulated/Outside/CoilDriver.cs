using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>
/// The pump that holds the contactor for some time after each rising edge of its pin.
/// </summary>
public sealed class CoilDriver
{
    private readonly BoardClock _clock;
    private readonly ulong _holdMs;

    internal CoilDriver(BoardClock clock, PinWire wire, ulong holdMs)
    {
        _clock = clock;
        _holdMs = holdMs;
        wire.Changed += isHigh =>
        {
            if (isHigh)
            {
                Changing?.Invoke();
                HeldFromMs = IsClosed ? HeldFromMs : _clock.NowMs;
                LetsGoAtMs = _clock.NowMs + _holdMs;
            }
        };
    }

    /// <summary>True while the coil is held.</summary>
    public bool IsClosed => _clock.NowMs < LetsGoAtMs;

    /// <summary>Since when it is held, or was the last time, ms.</summary>
    internal ulong HeldFromMs { get; private set; }

    /// <summary>Until when it is held without another edge, ms.</summary>
    internal ulong LetsGoAtMs { get; private set; }

    /// <summary>It is about to be held longer or shorter than it was to be.</summary>
    internal event Action? Changing;

    /// <summary>The supply is gone.</summary>
    internal void LetGo()
    {
        if (IsClosed)
        {
            Changing?.Invoke();
            LetsGoAtMs = _clock.NowMs;
        }
    }
}
