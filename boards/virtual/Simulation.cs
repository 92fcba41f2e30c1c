using System.Collections.Concurrent;
using System.Diagnostics;
using Helios.Boards.Virtual.Node;

namespace Helios.Boards.Virtual;

/// <summary>
/// Lets time pass for all boards together, at a speed or as fast as they compute. A board stands
/// still while the broker or the relay answers it, and the others wait for it.
/// </summary>
/// <param name="boards">The boards of the neighbourhood.</param>
/// <param name="clock">The simulated time; only this object moves it.</param>
/// <param name="answers">Released whenever a board was answered.</param>
public sealed class Simulation(
    IReadOnlyList<VirtualBoard> boards, SimulatedClock clock, SemaphoreSlim answers)
{
    /// <summary>A quarter of an hour.</summary>
    public const int QuarterSeconds = 900;

    private const int SliceSecondsMax = 60;
    private const int SlicesPerSecond = 10;

    // To count, sign, publish and be acknowledged what flowed last.
    private const int LastTurnsSeconds = 120;

    private static readonly TimeSpan AnswerTick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DeliveryTick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SettlingTick = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// The next full quarter of an hour, in simulated seconds since the start: then an auction of
    /// the market ends and the next begins.
    /// </summary>
    public long NextQuarterSeconds => clock.ElapsedSeconds + QuarterSeconds
        - (clock.Now.ToUnixTimeSeconds() % QuarterSeconds);

    /// <summary>Lets time pass until an end.</summary>
    /// <param name="untilSeconds">The end, in simulated seconds since the start.</param>
    /// <param name="speed">Simulated seconds in a real one; null is as fast as possible.</param>
    /// <param name="everyQuarter">
    /// Done at every full quarter of a simulated hour; no time passes but what it lets pass.
    /// </param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task RunAsync(
        long untilSeconds,
        double? speed,
        Func<CancellationToken, Task>? everyQuarter,
        CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var startedAt = clock.ElapsedSeconds;
        while (clock.ElapsedSeconds < untilSeconds)
        {
            var quarter = NextQuarterSeconds;
            var stopAt = Math.Min(untilSeconds, quarter);
            await AdvanceAsync(
                (int)Math.Min(SliceSeconds(speed), stopAt - clock.ElapsedSeconds), cancellation);
            if (everyQuarter is not null && clock.ElapsedSeconds == quarter)
            {
                await everyQuarter(cancellation);
            }

            if (speed is not null)
            {
                var due = TimeSpan.FromSeconds((clock.ElapsedSeconds - startedAt) / speed.Value);
                await Task.Delay(Max(due - watch.Elapsed, TimeSpan.Zero), cancellation);
            }
        }
    }

    /// <summary>Lets time pass, block by block, until something is done.</summary>
    /// <param name="done">What is waited for.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task RunUntilAsync(Task done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(done);
        while (!done.IsCompleted)
        {
            await AdvanceAsync(BlockClock.BlockSeconds, cancellation);
            await Task.WhenAny(done, Task.Delay(SettlingTick, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }

        await done;
    }

    /// <summary>
    /// Lets time pass, second by second, until what comes from outside has had its effect.
    /// </summary>
    /// <param name="isDone">Asked after each second.</param>
    /// <param name="secondsMax">Simulated seconds at most.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task RunUntilAsync(
        Func<bool> isDone, int secondsMax, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(isDone);
        for (var second = 0; second < secondsMax && !isDone(); second++)
        {
            await AdvanceAsync(1, cancellation);
            await Task.Delay(DeliveryTick, cancellation);
        }
    }

    /// <summary>Lets time pass until the relay holds everything that was signed.</summary>
    public async Task RunUntilStoredAsync(CancellationToken cancellation)
    {
        do
        {
            await AdvanceAsync(LastTurnsSeconds, cancellation);
        }
        while (boards.Any(board => board.ReadingsWaiting > 0));
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">Simulated seconds, 1 or more.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task AdvanceAsync(int seconds, CancellationToken cancellation)
    {
        var untilMs = VirtualBoard.BeginsAtMs + ((ulong)(clock.ElapsedSeconds + seconds) * 1000);
        IReadOnlyCollection<VirtualBoard> behind = boards;
        while (behind.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var waiting = new ConcurrentBag<VirtualBoard>();
            Parallel.ForEach(behind, board =>
            {
                if (!board.RunUntil(untilMs))
                {
                    waiting.Add(board);
                }
            });
            behind = waiting;
            if (behind.Count > 0)
            {
                await answers.WaitAsync(AnswerTick, cancellation);
            }
        }

        clock.Advance(seconds);
    }

    private static int SliceSeconds(double? speed) => speed is { } factor
        ? Math.Clamp((int)(factor / SlicesPerSecond), 1, SliceSecondsMax)
        : SliceSecondsMax;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
