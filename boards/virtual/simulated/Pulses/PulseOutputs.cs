namespace Helios.Boards.Simulated;

/// <summary>
/// The two S0 outputs of a kWh meter in both directions. Impulses are computed when someone looks,
/// so that a board that freezes or is off costs nothing.
/// </summary>
public sealed class PulseOutputs
{
    private readonly BoardClock _clock;
    private readonly IPowerFlow _flow;
    private ulong _flowedMs;

    /// <param name="clock">Time around the meter.</param>
    /// <param name="flow">The power through it.</param>
    /// <param name="impulsesPerKwh">Its impulse constant, imp/kWh.</param>
    public PulseOutputs(BoardClock clock, IPowerFlow flow, uint impulsesPerKwh)
    {
        _clock = clock;
        _flow = flow;
        Export = new PulseOutput(impulsesPerKwh, Update);
        Import = new PulseOutput(impulsesPerKwh, Update);
    }

    /// <summary>Energy fed out.</summary>
    public PulseOutput Export { get; }

    /// <summary>Energy taken in.</summary>
    public PulseOutput Import { get; }

    private void Update()
    {
        while (_flowedMs < _clock.NowMs)
        {
            var milliwatts = _flow.MilliwattsAt(_flowedMs, out var untilMs);
            untilMs = Math.Min(untilMs, _clock.NowMs);
            var output = milliwatts < 0 ? Import : Export;
            output.Flow(Math.Abs(milliwatts), untilMs - _flowedMs);
            _flowedMs = untilMs;
        }
    }
}
