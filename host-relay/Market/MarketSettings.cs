using Helios.Chain;
using Helios.Relay;

namespace Helios.Trading;

/// <summary>
/// Makes options of settings. The table of settings in the README says the same.
/// </summary>
internal static class MarketSettings
{
    private const string NodeExample = "http://127.0.0.1:8545";
    private const string KeySetting = "accountKeyFile";
    private const string KeyVariable = "HELIOS_ACCOUNT_KEY";
    private const ulong WeiPerGwei = 1_000_000_000;

    /// <summary>The options, or null and the mistakes, one sentence each.</summary>
    public static MarketOptions? Read(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes) =>
        Read(path, environment, needsKey: true, out mistakes);

    /// <summary>The same for a command that only looks: the key may be missing.</summary>
    public static MarketOptions? ReadLooking(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes) =>
        Read(path, environment, needsKey: false, out mistakes);

    private static MarketOptions? Read(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        bool needsKey,
        out IReadOnlyList<string> mistakes)
    {
        var settings = new Settings(path, environment);
        settings.Text("rpcUrl", NodeExample);
        var hasKey = settings.TextOrNull(KeySetting) is not null
            || settings.VariableOrNull(KeyVariable) is not null;
        var options = new MarketOptions
        {
            RpcUrl = settings.Url("rpcUrl", NodeExample, "http", "https")!,
            RpcTimeLimit = TimeSpan.FromMilliseconds(
                settings.Number("rpcTimeoutMs", 100, 600_000, 10_000)),
            ChainId = settings.Number<ulong>("chainId", 1, long.MaxValue, null),
            EnergyMarket = settings.Address("energyMarket"),
            Market = MarketIn(settings),
            Key = needsKey || hasKey
                ? settings.Key("account", KeyVariable, KeySetting)
                : null,
            FromBlock = settings.Number<ulong>("fromBlock", 0, long.MaxValue, 0),
            MaxBaseFeePerGasWei = WeiPerGwei
                * settings.Number("maxFeeGwei", 1UL, 1_000_000UL, 100UL),
            PollInterval = TimeSpan.FromMilliseconds(
                settings.Number("pollMs", 10, 600_000, 12_000)),
            SettledLotsMin = settings.Number("settledLotsMin", 1UL, MarketFacts.LotsMax, 1UL),
            StandingGasMax = settings.Number(
                "standingGasMax", 100_000UL, 16_000_000UL, 1_000_000UL),
        };

        mistakes = settings.Mistakes();
        return mistakes.Count == 0 ? options : null;
    }

    private static Bytes32? MarketIn(Settings settings)
    {
        if (settings.TextOrNull("market") is not { } text)
        {
            return null;
        }

        if (!Bytes32.TryParse(text, out var market))
        {
            settings.Mistake(
                $"market is '{text}', but must be 0x and 64 hex digits as `market list` prints "
                    + "them.");
        }

        return market;
    }
}
