using System.Collections.Concurrent;
using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>
/// The interpreter of one boot: stages, and the steps of packages' threads, one after another in
/// order of time, then of priority. Time moves on only when nothing is due, when a call freezes
/// everything, or when whoever has a turn waits. When the boot is over nobody has a turn, and what
/// the last one still does moves nothing.
/// </summary>
public sealed class SimulatedThreads : IThreads, IBoardTime
{
    private static readonly TimeSpan PostWait = TimeSpan.FromMilliseconds(20);

    private readonly BoardClock _clock;
    private readonly WatchdogChip _watchdog;
    private readonly ulong _bootedAtMs;
    private readonly List<SimulatedStage> _stages = [];
    private readonly PriorityQueue<Action, (ulong Due, long Order)> _steps = new();
    private readonly ConcurrentQueue<Action> _posts = new();
    private readonly Action<GuardedStage> _starting;
    private readonly Action? _answered;
    private long _order;
    private bool _isStopped;
    private ulong _stoppedAtMs;

    internal SimulatedThreads(
        BoardClock clock, WatchdogChip watchdog, Action<GuardedStage> starting, Action? answered)
    {
        _starting = starting;
        _answered = answered;
        _clock = clock;
        _watchdog = watchdog;
        _bootedAtMs = clock.NowMs;
    }

    /// <summary>
    /// Turns that stages had in this boot, by the order in which they were started.
    /// </summary>
    public long Turns { get; private set; }

    /// <inheritdoc cref="IBoardTime.UptimeMs"/>
    public ulong UptimeMs => (_isStopped ? _stoppedAtMs : _clock.NowMs) - _bootedAtMs;

    internal AnswersUnderWay Answers { get; } = new();

    /// <inheritdoc/>
    public IWakeSignal CreateSignal() => new SimulatedSignal();

    /// <inheritdoc/>
    public void Start(GuardedStage stage, IWakeSignal signal, ThreadPriority priority)
    {
        _starting(stage);
        _stages.Add(new SimulatedStage(stage, (SimulatedSignal)signal, priority));
        _stages.Sort((left, right) => right.Priority.CompareTo(left.Priority));
    }

    /// <inheritdoc/>
    public void Freeze(ulong ms)
    {
        var untilMs = AddSaturated(_clock.NowMs, ms);
        while (!_isStopped && _clock.NowMs < untilMs)
        {
            MoveTowards(untilMs);
        }
    }

    /// <inheritdoc/>
    public void Wait(uint ms) => Wait(ms, static () => false);

    /// <inheritdoc/>
    public bool Wait(ulong msMax, Func<bool> isDone)
    {
        ArgumentNullException.ThrowIfNull(isDone);
        var untilMs = AddSaturated(_clock.NowMs, msMax);
        while (!isDone())
        {
            TakePosts();
            if (Answers.IsAny)
            {
                AwaitPost();
            }
            else if (_isStopped || (_clock.NowMs >= untilMs && !IsAnythingDue()))
            {
                return isDone();
            }
            else
            {
                RunNext(untilMs);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void CallAt(ulong uptimeMs, Action step)
    {
        if (!_isStopped)
        {
            _steps.Enqueue(step, (Math.Max(uptimeMs, UptimeMs), _order++));
        }
    }

    /// <inheritdoc/>
    public void Post(Action step) => PostNow(() => CallAt(UptimeMs, step));

    /// <summary>
    /// From any thread of this computer: done before the board looks whether it still waits for
    /// an answer.
    /// </summary>
    internal void PostNow(Action happens)
    {
        _posts.Enqueue(happens);
        lock (_posts)
        {
            Monitor.PulseAll(_posts);
        }

        _answered?.Invoke();
    }

    /// <summary>Runs the boot until a time, or until it is over.</summary>
    /// <returns>False if it stands still because an answer is under way.</returns>
    internal bool Run(ulong untilMs)
    {
        while (!_isStopped)
        {
            TakePosts();
            if (Answers.IsAny)
            {
                return false;
            }

            if (_clock.NowMs >= untilMs && !IsAnythingDue())
            {
                return true;
            }

            RunNext(untilMs);
        }

        return true;
    }

    internal void Stop()
    {
        _stoppedAtMs = _clock.NowMs;
        _isStopped = true;
    }

    private static ulong AddSaturated(ulong left, ulong right) =>
        left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    private bool IsAnythingDue() => NextDueMs() <= UptimeMs;

    private ulong NextDueMs()
    {
        var next = _steps.TryPeek(out _, out var step) ? step.Due : ulong.MaxValue;
        foreach (var stage in _stages)
        {
            if (!stage.IsInTurn)
            {
                next = Math.Min(next, stage.DueMs);
            }
        }

        return next;
    }

    // One turn or one step that is due now, or else time up to the next one.
    private void RunNext(ulong untilMs)
    {
        var nextMs = NextDueMs();
        if (nextMs > UptimeMs)
        {
            MoveTowards(Math.Min(untilMs, AddSaturated(_bootedAtMs, nextMs)));
            return;
        }

        if (_steps.TryPeek(out var step, out var due) && due.Due <= UptimeMs)
        {
            _steps.Dequeue();
            step();
            return;
        }

        foreach (var stage in _stages)
        {
            if (!stage.IsInTurn && stage.DueMs <= UptimeMs)
            {
                Turns++;
                stage.Turn(UptimeMs);
                return;
            }
        }
    }

    // Up to the first thing that happens outside: it may end this boot, or give it something to do.
    private void MoveTowards(ulong ms)
    {
        _clock.MoveTo(Math.Min(ms, _watchdog.ResetsAtMs));
        if (!_clock.TryRunPlan() && _clock.NowMs >= _watchdog.ResetsAtMs)
        {
            _watchdog.Reset();
        }
    }

    private void AwaitPost()
    {
        lock (_posts)
        {
            if (_posts.IsEmpty)
            {
                Monitor.Wait(_posts, PostWait);
            }
        }
    }

    private void TakePosts()
    {
        while (_posts.TryDequeue(out var post))
        {
            post();
        }
    }
}
