using System.Threading.Channels;
using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// The one task that speaks to the chain: follow it, choose, send, and again when the poll interval
/// is over or somebody asks. Readings that are stored meanwhile wait: one look does for them all.
/// </summary>
internal sealed class Submitter(
    ChainHead head,
    ChainFollower follower,
    BatchSelector selector,
    BatchSender sender,
    FeeRaiser raiser,
    IRelayStore store,
    TimeSpan pollInterval,
    ILogger log)
{
    // A node that is away is asked this much less often at most.
    private const int BackOffFactorMax = 32;

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private List<TaskCompletionSource<RelayRest?>> _asked = [];
    private volatile IReadOnlyList<string> _problems = [];

    /// <summary>Called with the meters of which a reading was accepted.</summary>
    public required Func<IReadOnlyList<KnownMeter>, CancellationToken, Task> OnAccepted
    {
        get;
        init;
    }

    /// <summary>What was brought to the chain.</summary>
    public SubmissionFigures Figures => follower.Figures;

    /// <summary>What kept readings from the chain in the last pass, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>One whole pass that begins after this call.</summary>
    /// <returns>How it left things; null if it sent something, or if node or database were away or
    /// refused.</returns>
    public Task<RelayRest?> PassAsync(CancellationToken ct)
    {
        var asked = new TaskCompletionSource<RelayRest?>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _asked.Add(asked);
        }

        _wakeUps.Writer.TryWrite(true);
        return asked.Task.WaitAsync(ct);
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var backOff = 1;
        while (true)
        {
            var asked = TakeAsked();
            RelayRest? rest = null;
            string? failure = null;
            var isAnySent = false;
            try
            {
                rest = await RunPassAsync(ct);
                isAnySent = rest is null;
                backOff = 1;
            }
            catch (NodeUnreachableException unreachable)
            {
                failure = unreachable.Message;
                log.NodeUnreachable(failure);
                backOff = Math.Min(2 * backOff, BackOffFactorMax);
            }
            catch (StoreUnavailableException away)
            {
                failure = away.Message;
                log.StoreAway(failure);
                backOff = Math.Min(2 * backOff, BackOffFactorMax);
            }
            catch (Exception refusal) when (refusal is NodeRefusedException or FormatException)
            {
                // Words that no ledger returns come from a node that is on the wrong chain.
                failure = refusal.Message;
                log.NodeRefused(failure);
                backOff = Math.Min(2 * backOff, BackOffFactorMax);
            }

            _problems = [.. ProblemsNow(failure)];
            foreach (var one in asked)
            {
                one.TrySetResult(rest);
            }

            // What was sent may be in a block by now, and leave room for more.
            if (!isAnySent)
            {
                await WaitAsync(backOff, ct);
            }
        }
    }

    private IEnumerable<string> ProblemsNow(string? failure)
    {
        if (failure is not null)
        {
            yield return failure;
        }

        if (follower.IsNonceForeign)
        {
            yield return "Another program uses the sender's key; nothing is signed.";
        }

        if (follower.Refusal is { } refusal)
        {
            yield return refusal;
        }

        if (sender.IsFeeTooHigh)
        {
            yield return "Base fee and tip are above maxFeeGwei; the relay waits.";
        }

        if (sender.IsBalanceLow)
        {
            yield return "The sender cannot pay for the next transaction.";
        }
    }

    private List<TaskCompletionSource<RelayRest?>> TakeAsked()
    {
        lock (_gate)
        {
            var asked = _asked;
            _asked = [];
            return asked;
        }
    }

    private async Task<RelayRest?> RunPassAsync(CancellationToken ct)
    {
        var block = await head.RefreshAsync(ct);
        var accepted = await follower.FollowAsync(block, ct);
        if (accepted.Count > 0)
        {
            await OnAccepted(accepted, ct);
        }

        var ready = await selector.SelectAsync(block, sender.RoomForReadings(), ct);
        if (await sender.SendAsync(ready, block, ct) > 0)
        {
            return null;
        }

        await raiser.RaiseAsync(block, ct);
        return store.Read(static connection => OutgoingTable.CountSent(connection)) > 0
            ? RelayRest.AwaitsBlock
            : RelayRest.Idle;
    }

    // A node that is away is not asked more often because somebody waits.
    private async Task WaitAsync(int backOff, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(pollInterval * backOff);
        try
        {
            await (backOff > 1
                ? Task.Delay(Timeout.InfiniteTimeSpan, limit.Token)
                : _wakeUps.Reader.ReadAsync(limit.Token).AsTask());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The poll interval is over.
        }
    }
}
