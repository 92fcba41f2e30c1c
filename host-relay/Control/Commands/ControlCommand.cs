using Microsoft.Extensions.Logging;

namespace Helios.Control;

/// <summary>Runs a controller until it is cancelled: by Ctrl-C or SIGTERM.</summary>
internal static class ControlCommand
{
    public static async Task<int> RunAsync(ControlOptions options, CancellationToken ct)
    {
        using var log = LoggerFactory.Create(static builder => builder.AddSimpleConsole(
            static console => console.SingleLine = true));
        await using var controller = await ControlProcess.StartAsync(
            options with { Log = log }, ct);
        Console.WriteLine($"Controlling as {options.Key.Address}. Ctrl-C ends it.");

        var ended = Task.Delay(Timeout.InfiniteTimeSpan, ct);
        var first = await Task.WhenAny(controller.Completion, ended);
        if (first == controller.Completion)
        {
            await controller.Completion;
        }

        return 0;
    }
}
