using Helios.Chain;
using Helios.Relay;
using Microsoft.Extensions.Logging;

namespace Helios.Control;

/// <summary>
/// Follows the final state of the chain and signs what it authorises. What is signed is committed
/// first, with the block that said so, and only ever rises. A crash at any point is healed by the
/// next look, because state is read and not what changed it.
/// </summary>
internal sealed class Controller(
    FinalChain chain,
    MeterSearch? search,
    IReadOnlyList<Address> chosen,
    OrderSigner signer,
    ControlStore store,
    TimeSpan pollInterval,
    ILogger log) : IDisposable
{
    private const int MetersPerRequest = 100;

    // Nodes that are away are asked this much less often at most.
    private const int BackOffFactorMax = 32;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly FinalityWatch _watch = new(log);
    private readonly HashSet<Address> _fittingNoOrder = [];
    private PassResult _last = PassResult.NothingNew;

    /// <summary>Called when orders were committed.</summary>
    public required Action OnSigned { get; init; }

    /// <summary>Looks at the chain until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var backOff = 1;
        while (true)
        {
            var result = await PassAsync(ct);
            backOff = result is PassResult.Done or PassResult.NothingNew
                ? 1
                : Math.Min(2 * backOff, BackOffFactorMax);
            await Task.Delay(pollInterval * backOff, ct);
        }
    }

    /// <summary>Looks at the chain once. One at a time; others wait.</summary>
    public async Task<PassResult> PassAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            _last = await GuardedPassAsync(ct);
            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<PassResult> GuardedPassAsync(CancellationToken ct)
    {
        try
        {
            return await FollowAsync(ct);
        }
        catch (NodeUnreachableException failure)
        {
            log.NoAnswer(failure.Message);
            return PassResult.NoAnswer;
        }
        catch (Exception refusal) when (refusal is NodeRefusedException or FormatException)
        {
            log.NoAnswer(refusal.Message);
            return PassResult.NoAnswer;
        }
        catch (NodesDisagreeException disagreement)
        {
            log.NodesDisagree(disagreement.Message);
            return PassResult.NodesDisagree;
        }
        catch (StoreUnavailableException failure)
        {
            log.StoreAway(failure.Message);
            return PassResult.StoreAway;
        }
    }

    private async Task<PassResult> FollowAsync(CancellationToken ct)
    {
        var newest = await chain.NewestAsync(ct);
        var final = newest.ToAll;
        var nothingNew = _watch.IsNodeBehind(newest, store.Followed)
            ? PassResult.NodeBehind
            : PassResult.NothingNew;
        if (store.Followed is { } followed)
        {
            // A node that fell behind knows nothing new, and cannot be asked about what it lost.
            if (final.Number < followed.Number)
            {
                return nothingNew;
            }

            var there = final.Number == followed.Number
                ? final
                : await chain.AtAsync(followed.Number, ct);
            if (!string.Equals(there.Hash, followed.Hash, StringComparison.Ordinal))
            {
                return Undone(followed, there);
            }

            if (final.Number == followed.Number)
            {
                return nothingNew;
            }
        }

        if (search is not null)
        {
            await search.FindAsync(final, ct);
        }

        await SignAsync(final, ct);
        store.Follow(final);
        return PassResult.Done;
    }

    private PassResult Undone(FollowedBlock followed, Block there)
    {
        if (_last != PassResult.FinalBlockUndone)
        {
            log.FinalBlockUndone(followed.Number, followed.Hash, there.Hash);
        }

        return PassResult.FinalBlockUndone;
    }

    private async Task SignAsync(Block final, CancellationToken ct)
    {
        // The store also holds those that were found, or chosen, at an earlier start.
        IReadOnlyList<Address> meters = search is null ? chosen : store.Meters;
        foreach (var some in meters.Chunk(MetersPerRequest))
        {
            var authorisations = await chain.AuthorisationsAsync(some, final, ct);
            for (var i = 0; i < some.Length; i++)
            {
                SignIfDue(some[i], authorisations[i], final);
            }
        }
    }

    private void SignIfDue(Address meter, MeterAuthorisation authorised, Block final)
    {
        if (!OrderDecision.FitsAnOrder(authorised))
        {
            if (_fittingNoOrder.Add(meter))
            {
                log.FitsNoOrder(meter, authorised.AuthorisedWh);
            }
        }
        else if (OrderDecision.IsDue(authorised, store.SignedWh(meter)))
        {
            Sign(meter, authorised.AuthorisedWh, final);
        }
    }

    private void Sign(Address meter, ulong authorisedWh, Block final)
    {
        store.Append(new SignedOrder(
            meter,
            authorisedWh,
            final.Number,
            final.Hash,
            final.Timestamp,
            signer.Sign(meter, authorisedWh)));
        log.Signed(meter, authorisedWh, final.Number, final.Hash);
        OnSigned();
    }
}
