using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>Runs a relay until it is cancelled: by Ctrl-C or SIGTERM.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RelayOptions options, CancellationToken ct)
    {
        using var log = LoggerFactory.Create(static builder => builder.AddSimpleConsole(
            static console => console.SingleLine = true));
        await using var relay = await RelayProcess.StartAsync(
            options with { Log = log }, ct);
        Console.WriteLine(options.BrokerUrl is null
            ? $"Relaying; broker on {options.BrokerAddress}:{relay.BrokerPort}. Ctrl-C ends it."
            : "Relaying. Ctrl-C ends it.");

        var ended = Task.Delay(Timeout.InfiniteTimeSpan, ct);
        var first = await Task.WhenAny(relay.Completion, ended);
        if (first == relay.Completion)
        {
            await relay.Completion;
        }

        return 0;
    }
}
