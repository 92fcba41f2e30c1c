using Microsoft.Extensions.Logging;

namespace Helios.Trading;

/// <summary>Keeps a market until it is cancelled: by Ctrl-C or SIGTERM.</summary>
internal static class KeepCommand
{
    public static async Task<int> RunAsync(MarketOptions options, CancellationToken ct)
    {
        using var log = LoggerFactory.Create(static builder => builder.AddSimpleConsole(
            static console => console.SingleLine = true));
        using var keeper = await MarketKeeper.OpenAsync(options with { Log = log }, ct);
        await keeper.RunAsync(ct);
        return 0;
    }
}
