using System.Diagnostics;
using Helios.Chain;

namespace Helios.Boards.Virtual.Node;

/// <summary>
/// Makes the local chain's blocks at simulated time, since the ledger's power rule reads it. At
/// high speed blocks are further apart than on a real chain: one needs about 2.4 ms, and more the
/// longer houses trade, since anvil hashes anew all storage that was ever read, and the clearing of
/// an auction reads some 2,000 slots.
/// </summary>
/// <param name="node">The local chain.</param>
/// <param name="clock">The simulated time.</param>
public sealed class BlockClock(ChainNode node, SimulatedClock clock) : IDisposable
{
    /// <summary>Simulated seconds between two blocks at the least: Ethereum's slot.</summary>
    public const int BlockSeconds = 12;

    private const int HastySeconds = 1;

    // Of its own accord it takes a fifth of the node's time at most.
    private const int RestPerBlock = 4;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan HastyTick = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _gate = new(1);
    private long _minedAt = -1;

    /// <summary>
    /// Takes the blocks over from anvil, which made one for each transaction so far.
    /// </summary>
    public async Task TakeOverAsync(CancellationToken cancellation)
    {
        await node.InvokeAsync("anvil_setBlockTimestampInterval", cancellation, HastySeconds);
        await node.InvokeAsync("evm_setAutomine", cancellation, false);
        await MineAsync(cancellation);
    }

    /// <summary>Makes blocks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var startedAt = Stopwatch.GetTimestamp();
            if (clock.ElapsedSeconds - Interlocked.Read(ref _minedAt) >= BlockSeconds)
            {
                await MineAsync(cancellation);
            }
            else
            {
                // Whoever waits for the chain lets time stand still: that it is gone shows here.
                await node.LatestBlockAsync(cancellation);
            }

            var rest = RestPerBlock * Stopwatch.GetElapsedTime(startedAt);
            await Task.Delay(rest > Tick ? rest : Tick, cancellation);
        }
    }

    /// <summary>Makes a block now, unless this second has one.</summary>
    public async Task MineAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var second = clock.ElapsedSeconds;
            if (second > Interlocked.Read(ref _minedAt))
            {
                await node.InvokeAsync(
                    "evm_mine", cancellation, clock.At(second).ToUnixTimeSeconds());
                Interlocked.Exchange(ref _minedAt, second);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Makes a block whenever somebody who works and waits for it has sent something, a second
    /// after the one before: simulated time stands still meanwhile, and has to follow.
    /// </summary>
    /// <param name="work">What needs the blocks.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How far simulated time is behind the chain, s.</returns>
    public async Task<int> MineForAsync(
        Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _gate.WaitAsync(cancellation);
        try
        {
            var working = work(cancellation);
            while (!working.IsCompleted)
            {
                await Task.WhenAny(working, Task.Delay(HastyTick, cancellation));
                if (await IsAnythingWaitingAsync(cancellation))
                {
                    await node.InvokeAsync("evm_mine", cancellation);
                }
            }

            await working;
            var head = await node.LatestBlockAsync(cancellation);
            var second = (long)head.Timestamp - clock.At(0).ToUnixTimeSeconds();
            Interlocked.Exchange(ref _minedAt, second);
            return (int)Math.Max(0, second - clock.ElapsedSeconds);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<bool> IsAnythingWaitingAsync(CancellationToken cancellation)
    {
        var status = await node.InvokeAsync("txpool_status", cancellation);
        return !string.Equals(
            status.GetProperty("pending").GetString(), "0x0", StringComparison.Ordinal);
    }
}
