using System.Diagnostics;

namespace Helios.Boards.Simulated;

/// <summary>
/// Answers of a real broker that a board waits for. Simulated time stands still meanwhile, so that
/// a run is the same however fast this computer is; but not for ever.
/// </summary>
internal sealed class AnswersUnderWay
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    private int _count;
    private long _changedAt;

    /// <summary>True while an answer may still come.</summary>
    internal bool IsAny
    {
        get
        {
            if (_count > 0 && Stopwatch.GetElapsedTime(_changedAt) > WaitMax)
            {
                _count = 0;
            }

            return _count > 0;
        }
    }

    internal void Expect() => Change(1);

    internal void Arrive() => Change(-1);

    private void Change(int by)
    {
        _count = Math.Max(0, _count + by);
        _changedAt = Stopwatch.GetTimestamp();
    }
}
