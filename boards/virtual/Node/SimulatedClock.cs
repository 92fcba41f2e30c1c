namespace Helios.Boards.Virtual.Node;

/// <summary>The time of the simulation: that of the boards and of the chain's blocks.</summary>
/// <param name="startsAt">When the simulation begins.</param>
public sealed class SimulatedClock(DateTimeOffset startsAt)
{
    private long _elapsedSeconds;

    /// <summary>Since the simulation began.</summary>
    public long ElapsedSeconds => Interlocked.Read(ref _elapsedSeconds);

    /// <summary>Now.</summary>
    public DateTimeOffset Now => At(ElapsedSeconds);

    /// <summary>The time of day of a moment.</summary>
    /// <param name="elapsedSeconds">Simulated seconds since the simulation began.</param>
    public DateTimeOffset At(long elapsedSeconds) => startsAt.AddSeconds(elapsedSeconds);

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">Simulated seconds, 1 or more.</param>
    public void Advance(long seconds) => Interlocked.Add(ref _elapsedSeconds, seconds);
}
