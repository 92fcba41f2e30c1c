using System.Collections.Concurrent;
using Helios.Device;

namespace Helios.Tests.Device;

/// <summary>Real threads: what is asserted holds however slowly this computer runs them.</summary>
public class ThreadsOfDeviceTests
{
    private readonly ThreadsOfDevice _threads = new();

    [Fact]
    public void A_stage_has_its_first_turn_at_once_and_the_next_when_it_said()
    {
        Turns stage = new(3, uptimeMs => uptimeMs + 50);
        Start(stage);

        var times = stage.Wait();

        // .NET's tick count moves in steps of up to 10 ms, its waits do not.
        Assert.True(times[1] >= times[0] + 40);
        Assert.True(times[2] >= times[1] + 40);
    }

    [Fact]
    public void A_signal_wakes_a_stage_before_its_time()
    {
        var signal = _threads.CreateSignal();
        Turns stage = new(2, uptimeMs => uptimeMs + 3_600_000);
        Start(stage, signal);
        stage.WaitForTurn();
        signal.Raise();

        Assert.Equal(2, stage.Wait().Length);
    }

    [Fact]
    public void A_stage_that_is_always_due_leaves_time_to_the_others()
    {
        Turns greedy = new(20, uptimeMs => uptimeMs);
        Start(greedy);

        var times = greedy.Wait();
        Assert.True(times[^1] - times[0] >= 19 * 5, "No time was left between turns.");
    }

    [Fact]
    public void Stages_run_beside_one_another()
    {
        using Barrier meeting = new(2);
        Turns one = new(1, _ => Meet(meeting));
        Turns other = new(1, _ => Meet(meeting));
        Start(one);
        Start(other);

        one.Wait();
        other.Wait();
    }

    [Fact]
    public void An_exception_ends_no_thread()
    {
        Turns stage = new(3, uptimeMs => uptimeMs) { ThrowsAt = 1 };
        Start(stage);

        Assert.Equal(3, stage.Wait().Length);
        Assert.Equal(1, stage.Failures);
    }

    private static ulong Meet(Barrier meeting)
    {
        Assert.True(meeting.SignalAndWait(TimeSpan.FromMinutes(1)));
        return GuardedStage.Never;
    }

    private void Start(Turns stage, IWakeSignal? signal = null) => _threads.Start(
        new GuardedStage(StageName.Signing, stage, stage),
        signal ?? _threads.CreateSignal(),
        ThreadPriority.Normal);

    private sealed class Turns(int count, Func<ulong, ulong> next) : IStage, IFaultHandler
    {
        private readonly ConcurrentQueue<ulong> _times = new();
        private readonly object _lock = new();
        private bool _isDone;

        public int ThrowsAt { get; init; } = -1;

        public int Failures { get; private set; }

        public ulong Turn(ulong uptimeMs)
        {
            Change(() => _times.Enqueue(uptimeMs));
            if (_times.Count == ThrowsAt)
            {
                throw new InvalidOperationException("injected");
            }

            var due = next(uptimeMs);
            if (_times.Count < count)
            {
                return due;
            }

            Change(() => _isDone = true);
            return GuardedStage.Never;
        }

        public ulong Failed(StageName stage, Exception exception, ulong uptimeMs)
        {
            Failures++;
            return uptimeMs;
        }

        public void WaitForTurn() => WaitUntil(() => !_times.IsEmpty);

        public ulong[] Wait()
        {
            WaitUntil(() => _isDone);
            return [.. _times];
        }

        private void Change(Action change)
        {
            lock (_lock)
            {
                change();
                Monitor.PulseAll(_lock);
            }
        }

        private void WaitUntil(Func<bool> isSo)
        {
            lock (_lock)
            {
                while (!isSo())
                {
                    Assert.True(Monitor.Wait(_lock, TimeSpan.FromMinutes(1)));
                }
            }
        }
    }
}
