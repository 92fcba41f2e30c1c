using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>Pulses at a fixed distance, the first one that distance after the beginning.</summary>
/// <param name="clock">Time around the line.</param>
/// <param name="periodMs">From one to the next, ms; 60 is the fastest S0 output.</param>
public sealed class SteadyPulses(BoardClock clock, ulong periodMs) : IPulseSource
{
    /// <inheritdoc/>
    public long Pulses => (long)(clock.NowMs / periodMs);
}
