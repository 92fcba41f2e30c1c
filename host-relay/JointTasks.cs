namespace Helios;

/// <summary>The tasks of one process, none of which goes on without the others.</summary>
internal static class JointTasks
{
    /// <summary>
    /// Runs them until one ends, ends the others, and waits for them. Completes if the end was
    /// asked for; else throws what the first threw.
    /// </summary>
    /// <param name="end">Asks for the end; cancelled in any case when this completes.</param>
    /// <param name="tasks">Each ends soon after the token that it is given is cancelled.</param>
    public static async Task RunAsync(
        CancellationTokenSource end, params Func<CancellationToken, Task>[] tasks)
    {
        var running = Array.ConvertAll(tasks, task => Task.Run(() => task(end.Token)));
        try
        {
            await await Task.WhenAny(running);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Asked for.
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
