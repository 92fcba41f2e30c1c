using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>A stage that takes turns. Each of its turns lasts a millisecond at the least.</summary>
internal sealed class SimulatedStage(
    GuardedStage stage, SimulatedSignal signal, ThreadPriority priority)
{
    private ulong _dueMs;
    private ulong _earliestMs;

    internal ThreadPriority Priority => priority;

    /// <summary>True while its turn waits for something and others have theirs.</summary>
    internal bool IsInTurn { get; private set; }

    /// <summary>Uptime of the next turn, ms.</summary>
    internal ulong DueMs => Math.Max(signal.IsRaised ? 0 : _dueMs, _earliestMs);

    internal void Turn(ulong uptimeMs)
    {
        signal.IsRaised = false;
        IsInTurn = true;
        _earliestMs = uptimeMs + 1;
        _dueMs = stage.Turn(uptimeMs);
        IsInTurn = false;
    }
}
