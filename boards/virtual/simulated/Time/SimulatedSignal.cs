using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>A signal that is looked at when its stage may have a turn.</summary>
internal sealed class SimulatedSignal : IWakeSignal
{
    internal bool IsRaised { get; set; }

    /// <inheritdoc/>
    public void Raise() => IsRaised = true;
}
