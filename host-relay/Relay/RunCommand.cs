using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>Runs a relay until Ctrl-C or SIGTERM.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RelayOptions options, CancellationToken ct)
    {
        using var log = LoggerFactory.Create(static builder => builder.AddSimpleConsole(
            static console => console.SingleLine = true));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var interrupt = EndOn(PosixSignal.SIGINT, end);
        using var terminate = EndOn(PosixSignal.SIGTERM, end);

        await using var relay = await RelayProcess.StartAsync(
            options with { Log = log }, end.Token);
        Console.WriteLine(options.BrokerUrl is null
            ? $"Relaying; broker on {options.BrokerAddress}:{relay.BrokerPort}. Ctrl-C ends it."
            : "Relaying. Ctrl-C ends it.");

        var ended = Task.Delay(Timeout.InfiniteTimeSpan, end.Token);
        var first = await Task.WhenAny(relay.Completion, ended);
        if (first == relay.Completion)
        {
            await relay.Completion;
        }

        return 0;
    }

    private static PosixSignalRegistration EndOn(
        PosixSignal signal, CancellationTokenSource end) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // The relay ends by itself, after what it has begun.
            context.Cancel = true;
            end.Cancel();
        });
}
