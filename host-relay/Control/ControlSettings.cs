using Helios.Relay;

namespace Helios.Control;

/// <summary>
/// Makes options of settings. The table of settings in the README says the same.
/// </summary>
internal static class ControlSettings
{
    private static readonly string[] NetworkSettings =
    [
        "rpcUrl", "secondRpcUrl", "rpcTimeoutMs", "confirmations", "meters", "fromBlock",
        "database", "brokerUrl", "pollMs", "republishAfterS",
    ];

    private const string NodeExample = "http://127.0.0.1:8545";

    /// <summary>The options, or null and the mistakes, one sentence each.</summary>
    public static ControlOptions? Read(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes)
    {
        var settings = new Settings(path, environment);
        settings.Text("rpcUrl", NodeExample);
        settings.Text("brokerUrl", "mqtt://127.0.0.1:1883");
        var nodes = new[]
        {
            settings.Url("rpcUrl", NodeExample, "http", "https"),
            settings.Url("secondRpcUrl", NodeExample, "http", "https"),
        };
        var options = new ControlOptions
        {
            RpcUrls = [.. nodes.OfType<Uri>()],
            RpcTimeLimit = TimeSpan.FromMilliseconds(
                settings.Number("rpcTimeoutMs", 100, 600_000, 10_000)),
            ChainId = settings.Number<ulong>("chainId", 1, long.MaxValue, null),
            Ledger = settings.Address("ledger"),
            Key = settings.Key("controller", "HELIOS_CONTROLLER_KEY", "controllerKeyFile")!,
            Confirmations = ConfirmationsIn(settings),
            Meters = settings.Addresses("meters"),
            FromBlock = settings.Number<ulong>("fromBlock", 0, long.MaxValue, 0),
            DatabasePath = settings.Database("helios-control.db", mayBePostgres: false),
            BrokerUrl = settings.Url("brokerUrl", "mqtt://127.0.0.1:1883", "mqtt", "mqtts")!,
            PollInterval = TimeSpan.FromMilliseconds(
                settings.Number("pollMs", 10, 600_000, 12_000)),
            RepublishInterval = TimeSpan.FromSeconds(
                settings.Number("republishAfterS", 1, 86_400, 3_600)),
        };

        mistakes = settings.Mistakes();
        return mistakes.Count == 0 ? options : null;
    }

    /// <summary>
    /// Of the same settings those that a signature needs; the others may be missing or wrong.
    /// </summary>
    public static SigningOptions? ReadSigning(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes)
    {
        var settings = new Settings(path, environment);
        foreach (var name in NetworkSettings)
        {
            settings.TextOrNull(name);
        }

        var options = new SigningOptions(
            settings.Number<ulong>("chainId", 1, long.MaxValue, null),
            settings.Address("ledger"),
            settings.Key("controller", "HELIOS_CONTROLLER_KEY", "controllerKeyFile")!);
        mistakes = settings.Mistakes();
        return mistakes.Count == 0 ? options : null;
    }

    // 0 would be the newest block, which any reorg takes away.
    private static uint? ConfirmationsIn(Settings settings) =>
        settings.TextOrNull("confirmations") is null
            ? null
            : settings.Number<uint>("confirmations", 1, 1_000_000, null);
}
