using Helios.Relay;

namespace Helios.Enrolling;

/// <summary>
/// Makes options of settings. The table of settings in the README says the same.
/// </summary>
internal static class EnrolmentSettings
{
    private const string NodeExample = "http://127.0.0.1:8545";
    private const string KeyFile = "callerKeyFile";

    /// <summary>For a transaction: the options, or null and the mistakes.</summary>
    public static CallerOptions? Read(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes)
    {
        var settings = new Settings(path, environment);
        var options = new CallerOptions(
            DeploymentIn(settings), settings.Key("caller", "HELIOS_CALLER_KEY", KeyFile)!);
        mistakes = settings.Mistakes();
        return mistakes.Count == 0 ? options : null;
    }

    /// <summary>Of the same settings those that a question needs: no key.</summary>
    public static LedgerOptions? ReadDeployment(
        string? path,
        IReadOnlyDictionary<string, string> environment,
        out IReadOnlyList<string> mistakes)
    {
        var settings = new Settings(path, environment);
        var options = DeploymentIn(settings);
        settings.TextOrNull(KeyFile);
        mistakes = settings.Mistakes();
        return mistakes.Count == 0 ? options : null;
    }

    private static LedgerOptions DeploymentIn(Settings settings)
    {
        settings.Text("rpcUrl", NodeExample);
        return new LedgerOptions(
            settings.Url("rpcUrl", NodeExample, "http", "https")!,
            TimeSpan.FromMilliseconds(settings.Number("rpcTimeoutMs", 100, 600_000, 10_000)),
            settings.Number<ulong>("chainId", 1, long.MaxValue, null),
            settings.Address("ledger"));
    }
}
