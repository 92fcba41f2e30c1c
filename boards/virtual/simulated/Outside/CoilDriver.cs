using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>
/// The pump that holds the contactor for some time after each rising edge of its pin.
/// </summary>
public sealed class CoilDriver
{
    private readonly BoardClock _clock;
    private readonly ulong _holdMs;
    private ulong _letsGoAtMs;

    internal CoilDriver(BoardClock clock, PinWire wire, ulong holdMs)
    {
        _clock = clock;
        _holdMs = holdMs;
        wire.Changed += isHigh =>
        {
            if (isHigh)
            {
                _letsGoAtMs = _clock.NowMs + _holdMs;
            }
        };
    }

    /// <summary>True while the contactor is held.</summary>
    public bool IsClosed => _clock.NowMs < _letsGoAtMs;

    /// <summary>The supply is gone.</summary>
    internal void LetGo() => _letsGoAtMs = 0;
}
