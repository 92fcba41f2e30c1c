namespace Helios.Boards.Hardware;

/// <summary>
/// What makes pulses on a wire, as they arrive at the pin behind the input circuit.
/// </summary>
public interface IPulseSource
{
    /// <summary>Whole pulses, one falling and one rising edge each, so far and up to now.</summary>
    long Pulses { get; }
}
