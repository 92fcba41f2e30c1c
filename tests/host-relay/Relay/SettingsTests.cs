using Helios.Control;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Relay;

public sealed class SettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_setting_is_a_missing_one(string empty)
    {
        var variables = Variables();
        variables["HELIOS_DATABASE"] = empty;
        variables["HELIOS_POLL_MS"] = empty;
        variables["HELIOS_BROKER_URL"] = empty;
        var options = RelaySettings.Read(path: null, variables, out var mistakes);
        Assert.Empty(mistakes);
        Assert.Equal("helios-relay.db", options!.DatabasePath);
        Assert.Null(options.BrokerUrl);

        File.WriteAllText(_file, """{ "database": "mine.db", "shareGroup": "" }""");
        Assert.Equal("mine.db", RelaySettings.Read(_file, variables, out _)!.DatabasePath);
        File.WriteAllText(_file, """{ "database": "" }""");
        Assert.Equal("helios-relay.db", RelaySettings.Read(_file, variables, out _)!.DatabasePath);

        variables["HELIOS_SENDER_KEY"] = empty;
        Assert.StartsWith(
            "The sender's key is missing", Mistake(variables), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("file:relay.db?mode=memory")]
    [InlineData("Server=127.0.0.1;Database=helios;Username=relay;Password=secret")]
    [InlineData("postgres://relay:secret@127.0.0.1/helios")]
    public void What_is_neither_a_file_nor_PostgreSQL_s_is_no_database_and_is_not_repeated(
        string database)
    {
        var variables = Variables();
        variables["HELIOS_DATABASE"] = database;
        var mistake = Mistake(variables);
        Assert.StartsWith(
            "HELIOS_DATABASE: database must be the path of a file like helios-relay.db, or for "
                + "PostgreSQL Host=",
            mistake,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mistake, StringComparison.Ordinal);

        variables["HELIOS_DATABASE"] = "Host=127.0.0.1;Database=helios;Username=relay";
        Assert.NotNull(RelaySettings.Read(path: null, variables, out _));
    }

    [Fact]
    public void A_tip_above_the_limit_of_the_fee_would_never_be_sent()
    {
        var variables = Variables();
        variables["HELIOS_TIP_GWEI"] = "101";
        Assert.Equal(
            "tipGwei is 101, above maxFeeGwei, 100, and nothing would ever be sent: lower tipGwei "
                + "or raise maxFeeGwei.",
            Mistake(variables));

        variables["HELIOS_MAX_FEE_GWEI"] = "101";
        Assert.NotNull(RelaySettings.Read(path: null, variables, out _));
    }

    [Fact]
    public void A_controller_s_database_is_a_file()
    {
        var variables = Variables();
        variables["HELIOS_BROKER_URL"] = "mqtt://127.0.0.1";
        variables["HELIOS_CONTROLLER_KEY"] = variables["HELIOS_SENDER_KEY"];
        variables["HELIOS_DATABASE"] = "Host=127.0.0.1;Database=helios";
        Assert.Null(ControlSettings.Read(path: null, variables, out var mistakes));
        Assert.Equal(
            "HELIOS_DATABASE: database must be the path of a file like helios-control.db.",
            Assert.Single(mistakes));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("#")]
    public void A_share_group_that_would_be_more_than_one_level_is_refused(string group)
    {
        var variables = Variables();
        variables["HELIOS_BROKER_URL"] = "mqtt://127.0.0.1";
        variables["HELIOS_SHARE_GROUP"] = group;
        Assert.Equal(
            $"shareGroup is '{group}', but must be a name without /, + and #.",
            Mistake(variables));

        variables["HELIOS_SHARE_GROUP"] = "relays";
        Assert.NotNull(RelaySettings.Read(path: null, variables, out _));
    }

    [Fact]
    public void A_share_group_at_the_relay_s_own_broker_is_refused()
    {
        var variables = Variables();
        variables["HELIOS_SHARE_GROUP"] = "relays";
        Assert.StartsWith(
            "shareGroup needs a broker that shares", Mistake(variables), StringComparison.Ordinal);
    }

    private static string Mistake(IReadOnlyDictionary<string, string> variables)
    {
        Assert.Null(RelaySettings.Read(path: null, variables, out var mistakes));
        return Assert.Single(mistakes);
    }

    private static Dictionary<string, string> Variables() => new(StringComparer.Ordinal)
    {
        ["HELIOS_RPC_URL"] = "http://127.0.0.1:8545",
        ["HELIOS_CHAIN_ID"] = "1",
        ["HELIOS_LEDGER"] = "0x5fbdb2315678afecb367f032d93f642f64180aa3",
        ["HELIOS_SENDER_KEY"] =
            "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    };
}
