namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// Waits for a fact, however long it takes; the test's own time limit ends a wait in vain.
/// </summary>
internal static class Condition
{
    public static async Task MetAsync(Func<bool> isMet)
    {
        while (!isMet())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
