using System.Net;

namespace Helios.Relay;

/// <summary>
/// Makes options of settings. The table of settings in the README says the same.
/// </summary>
internal static class RelaySettings
{
    private const ulong WeiPerGwei = 1_000_000_000;

    /// <summary>The options, or null and the mistakes, one sentence each.</summary>
    public static RelayOptions? Read(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes)
    {
        var settings = new Settings(path, environment);
        settings.Text("rpcUrl", "http://127.0.0.1:8545");
        var rpcUrl = settings.Url("rpcUrl", "http://127.0.0.1:8545", "http", "https");
        var sender = settings.Key("sender", "HELIOS_SENDER_KEY", "senderKeyFile");
        var options = new RelayOptions
        {
            RpcUrl = rpcUrl ?? new Uri("http://127.0.0.1:8545"),
            RpcTimeLimit = TimeSpan.FromMilliseconds(
                settings.Number("rpcTimeoutMs", 100, 600_000, 10_000)),
            ChainId = settings.Number<ulong>("chainId", 1, long.MaxValue, null),
            Ledger = settings.Address("ledger"),
            Sender = sender!,
            DatabasePath = settings.Database("helios-relay.db", mayBePostgres: true),
            BrokerUrl = settings.Url("brokerUrl", "mqtt://127.0.0.1:1883", "mqtt", "mqtts"),
            BrokerAddress = settings.IpAddress("brokerAddress", IPAddress.Loopback),
            BrokerPort = settings.Number("brokerPort", 0, ushort.MaxValue, 1883),
            ShareGroup = ReadShareGroup(settings),
            BrokerSecurity = BrokerSecuritySettings.Read(settings),
            MayUseLibsecp256k1 = settings.Flag("libsecp256k1", otherwise: true),
            Limits = ReadLimits(settings),
            PollInterval = TimeSpan.FromMilliseconds(settings.Number("pollMs", 10, 60_000, 1_000)),
            Submission = ReadPolicy(settings),
            HttpAddress = settings.IpAddress("httpAddress", IPAddress.Loopback),
            HttpPort = settings.TextOrNull("httpPort") is null
                ? null
                : settings.Number("httpPort", 0, ushort.MaxValue, 0),
            LogsJson = settings.Flag("logsJson", otherwise: false),
            TracesUrl = settings.Url(
                "tracesUrl", "http://127.0.0.1:4318/v1/traces", "http", "https"),
            TracedPerMille = settings.Number("tracedPerMille", 1, 1_000, 1_000),
        };

        mistakes = settings.Mistakes();
        return mistakes.Count == 0 ? options : null;
    }

    // It becomes one level of a filter, and a broker grants any other filter as well: in silence.
    private static string? ReadShareGroup(Settings settings)
    {
        var group = settings.TextOrNull("shareGroup");
        if (group is not null && group.AsSpan().ContainsAny('/', '+', '#'))
        {
            settings.Mistake($"shareGroup is '{group}', but must be a name without /, + and #.");
        }

        if (group is not null && settings.TextOrNull("brokerUrl") is null)
        {
            settings.Mistake(
                "shareGroup needs a broker that shares, and the relay's own does not: name "
                    + "brokerUrl, or remove shareGroup.");
        }

        return group;
    }

    private static SubmissionPolicy ReadPolicy(Settings settings)
    {
        var standard = new SubmissionPolicy();
        var policy = new SubmissionPolicy
        {
            CoinsMin = settings.Number("coinsMin", 1UL, 1_000_000UL, standard.CoinsMin),
            DueAfterS = settings.Number("dueAfterS", 0u, 31_536_000u, standard.DueAfterS),
            ReadingsPerTransactionMax = settings.Number(
                "readingsPerTransactionMax", 1, 400, standard.ReadingsPerTransactionMax),
            TransactionsInFlightMax = settings.Number(
                "transactionsInFlightMax", 1, 64, standard.TransactionsInFlightMax),
            MaxFeePerGasWei = WeiPerGwei * settings.Number("maxFeeGwei", 1UL, 1_000_000UL, 100UL),
            RaiseFeeAfterBlocks = settings.Number(
                "raiseFeeAfterBlocks", 1u, 1_000u, standard.RaiseFeeAfterBlocks),
            RecheckAfterS = settings.Number(
                "recheckAfterS", 60u, 31_536_000u, standard.RecheckAfterS),
            TipPerGasWei = WeiPerGwei * settings.Number("tipGwei", 0UL, 100_000UL, 1UL),
        };
        if (policy.TipPerGasWei > policy.MaxFeePerGasWei)
        {
            settings.Mistake(
                $"tipGwei is {policy.TipPerGasWei / WeiPerGwei}, above maxFeeGwei, "
                    + $"{policy.MaxFeePerGasWei / WeiPerGwei}, and nothing would ever be sent: "
                    + "lower tipGwei or raise maxFeeGwei.");
        }

        return policy;
    }

    private static RelayLimits ReadLimits(Settings settings)
    {
        var standard = new RelayLimits();
        return new RelayLimits
        {
            MessagesPerConnectionPerS = settings.Number(
                "messagesPerConnectionPerS", 0, 1_000_000, standard.MessagesPerConnectionPerS),
            ReadingsPerMeterPerS = settings.Number(
                "readingsPerMeterPerS", 0, 1_000_000, standard.ReadingsPerMeterPerS),
            BurstS = settings.Number("burstS", 1, 86_400, standard.BurstS),
            ConnectionsMax = settings.Number(
                "connectionsMax", 1, 1_000_000, standard.ConnectionsMax),
        };
    }
}
