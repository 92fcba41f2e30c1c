namespace Helios.Boards.Simulated;

/// <summary>
/// Time around one board, and what happens in it whether the board runs, freezes or is switched
/// off: cuts of power, weather of the network, whatever a test plans.
/// </summary>
/// <param name="startsAt">The time of day at 0 ms.</param>
public sealed class BoardClock(DateTimeOffset startsAt)
{
    private readonly PriorityQueue<Action, (ulong At, long Order)> _plans = new();
    private long _order;

    /// <summary>Milliseconds since the simulation began.</summary>
    public ulong NowMs { get; private set; }

    /// <summary>Milliseconds since 1970.</summary>
    public ulong UnixMs => (ulong)startsAt.ToUnixTimeMilliseconds() + NowMs;

    /// <summary>When the next plan is due; the largest value without one.</summary>
    public ulong NextPlanMs =>
        _plans.TryPeek(out _, out var due) ? due.At : ulong.MaxValue;

    /// <summary>
    /// Plans something; plans of one moment happen in the order in which they were made.
    /// </summary>
    public void At(ulong ms, Action happens) => _plans.Enqueue(happens, (ms, _order++));

    /// <summary>Moves time forward, not beyond the next plan.</summary>
    public void MoveTo(ulong ms) => NowMs = Math.Max(NowMs, Math.Min(ms, NextPlanMs));

    /// <summary>Lets the next plan happen if it is due.</summary>
    internal bool TryRunPlan()
    {
        if (NextPlanMs > NowMs)
        {
            return false;
        }

        _plans.Dequeue()();
        return true;
    }
}
