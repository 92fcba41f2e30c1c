using System.Net;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>Runs a relay until it is cancelled: by Ctrl-C or SIGTERM.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RelayOptions options, CancellationToken ct)
    {
        using var log = LoggerFactory.Create(builder => Configure(builder, options.LogsJson));
        var manager = new ServiceManager();
        await using var relay = await RelayProcess.StartAsync(
            options with { Log = log }, ct);
        manager.SayReady();
        Console.WriteLine(options.BrokerUrl is null
            ? $"Relaying; broker on {options.BrokerAddress}:{relay.BrokerPort}. Ctrl-C ends it."
            : "Relaying. Ctrl-C ends it.");
        if (relay.HttpPort > 0)
        {
            Console.WriteLine(
                $"Health and metrics on http://{new IPEndPoint(
                    options.HttpAddress, relay.HttpPort)}.");
        }

        var watch = manager.WatchAsync(relay.IsAliveAsync, ct);
        var ended = Task.Delay(Timeout.InfiniteTimeSpan, ct);
        var first = await Task.WhenAny(relay.Completion, ended);
        manager.SayStopping();
        if (first == relay.Completion)
        {
            await relay.Completion;
        }

        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static void Configure(ILoggingBuilder builder, bool isJson)
    {
        if (isJson)
        {
            builder.AddJsonConsole(static console => console.UseUtcTimestamp = true);
        }
        else if (SystemdHelpers.IsSystemdService())
        {
            builder.AddSystemdConsole();
        }
        else
        {
            builder.AddSimpleConsole(static console => console.SingleLine = true);
        }
    }
}
