using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Helios.Relay;

/// <summary>
/// How a relay is, in three answers. Alive: readings pass its queue. Ready: it takes readings and
/// stores them. Degraded: it does, but brings none to the chain now; a person may have to act.
/// </summary>
internal sealed class RelayHealth(
    ReadingIntake intake, IRelayStore store, IBroker broker, Submitter submitter)
{
    // A commit on a slow disk may take seconds; what takes longer than this is stuck.
    private static readonly TimeSpan PassageMax = TimeSpan.FromSeconds(10);

    /// <summary>Whether a marker passes the queue that readings pass.</summary>
    public async Task<HealthCheckResult> CheckQueueAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(PassageMax);
        try
        {
            await intake.WhenPassedAsync(limit.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested
            && failure is OperationCanceledException
                or System.Threading.Channels.ChannelClosedException)
        {
            return HealthCheckResult.Unhealthy("Nothing passes the queue any more.");
        }
    }

    /// <summary>
    /// Whether the last commit was done, and the database answers now: without traffic there is no
    /// commit that could fail.
    /// </summary>
    public async Task<HealthCheckResult> CheckDatabaseAsync(CancellationToken ct)
    {
        try
        {
            if (!intake.IsStoreAway)
            {
                await Task.Run(Ask, ct).WaitAsync(PassageMax, ct);
                return HealthCheckResult.Healthy();
            }
        }
        catch (Exception failure) when (failure is StoreUnavailableException or TimeoutException)
        {
            // As after a commit that failed.
        }

        return HealthCheckResult.Unhealthy("The database cannot serve; nothing is acknowledged.");

        long Ask() => store.Read(static connection => connection.ExecuteScalar<long>("SELECT 1"));
    }

    /// <summary>Whether readings can come in.</summary>
    public HealthCheckResult CheckBroker() => broker.IsConnected
        ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("The broker is away; the relay connects again.");

    /// <summary>Whether readings go out.</summary>
    public HealthCheckResult CheckChain()
    {
        var problems = submitter.Problems;
        return problems.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join(' ', problems));
    }
}
