using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Helios.Relay;

/// <summary>
/// Tells the service manager that started this process (systemd: Type=notify, WatchdogSec) how it
/// is. Without one, on Windows or in a terminal, it tells nobody.
/// </summary>
internal sealed class ServiceManager
{
    private const long MicrosecondsMax = (long)int.MaxValue * 1_000;
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private readonly SystemdNotifier _notifier = new();

    /// <summary>It takes readings.</summary>
    public void SayReady() => _notifier.Notify(ServiceState.Ready);

    /// <summary>It was asked to end, and does.</summary>
    public void SayStopping() => _notifier.Notify(ServiceState.Stopping);

    /// <summary>
    /// Says that it is alive as often as the manager wants to hear it, as long as it is; else the
    /// manager starts it again.
    /// </summary>
    /// <param name="isAlive">May take its time: what is not said in time was not.</param>
    /// <param name="ct">Ends it.</param>
    public async Task WatchAsync(Func<CancellationToken, Task<bool>> isAlive, CancellationToken ct)
    {
        if (!_notifier.IsEnabled || WatchdogInterval() is not { } interval)
        {
            return;
        }

        // Twice in the time that it waits, as its manual asks for.
        using var timer = new PeriodicTimer(interval / 2);
        do
        {
            if (await isAlive(ct))
            {
                _notifier.Notify(Alive);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private static TimeSpan? WatchdogInterval() =>
        long.TryParse(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var microseconds)
        && microseconds is > 1 and <= MicrosecondsMax
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
}
