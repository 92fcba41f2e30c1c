using System.Diagnostics;
using Helios.Boards.Virtual.Node;

namespace Helios.Boards.Virtual;

/// <summary>Lets time pass for all boards together, at a speed or as fast as the relay keeps up.</summary>
/// <param name="houses">The neighbourhood.</param>
/// <param name="clock">The simulated time; only this object moves it.</param>
public sealed class Simulation(IReadOnlyList<House> houses, SimulatedClock clock)
{
    private const int SliceSecondsMax = 60;
    private const int SlicesPerSecond = 10;

    // As fast as possible, boards wait while this many readings wait for the relay: a real meter
    // never earns a second coin in the milliseconds that the first one travels.
    private const int UnacknowledgedMax = Messaging.Outbox.CapacityDefault / 2;
    private static readonly TimeSpan RelayWaitMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan SettlingTick = TimeSpan.FromMilliseconds(25);

    /// <summary>Lets time pass until an end.</summary>
    /// <param name="untilSeconds">The end, in simulated seconds since the start.</param>
    /// <param name="speed">Simulated seconds in a real one; null is as fast as possible.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task RunAsync(long untilSeconds, double? speed, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var startedAt = clock.ElapsedSeconds;
        while (clock.ElapsedSeconds < untilSeconds)
        {
            Advance((int)Math.Min(SliceSeconds(speed), untilSeconds - clock.ElapsedSeconds));
            if (speed is null)
            {
                await WaitForRelayAsync(cancellation);
            }
            else
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
            Advance(BlockClock.BlockSeconds);
            await Task.WhenAny(done, Task.Delay(SettlingTick, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }

        await done;
    }

    /// <summary>Waits until the relay holds everything that was signed.</summary>
    public async Task WhenStoredAsync(CancellationToken cancellation)
    {
        while (houses.Any(house => house.Board.Outbox.Count > 0))
        {
            await Task.Delay(Tick, cancellation);
        }
    }

    private void Advance(int seconds)
    {
        var now = clock.Now;
        var uptimeSeconds = clock.ElapsedSeconds;
        Parallel.ForEach(houses, house => house.Board.Advance(now, uptimeSeconds, seconds));

        clock.Advance(seconds);
        foreach (var house in houses)
        {
            house.Link.Wake();
        }
    }

    private async Task WaitForRelayAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        while (houses.Any(house => house.Board.Outbox.Count > UnacknowledgedMax)
            && watch.Elapsed < RelayWaitMax)
        {
            await Task.Delay(Tick, cancellation);
        }
    }

    private static int SliceSeconds(double? speed) => speed is { } factor
        ? Math.Clamp((int)(factor / SlicesPerSecond), 1, SliceSecondsMax)
        : SliceSecondsMax;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
