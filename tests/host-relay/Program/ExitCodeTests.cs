using Helios.Tests.HostRelay.Proofs;
using Helios.Tests.HostRelay.Relay;
using Helios.Tests.HostRelay.Store;
using MQTTnet.Protocol;
using Npgsql;

namespace Helios.Tests.HostRelay.Program;

/// <summary>Which refusals a service manager tries again, by exit code.</summary>
public class ExitCodeTests(PostgresServer postgres)
{
    private const int Mistake = 2;
    private const int TryAgain = 75;
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 120_000)]
    public async Task A_start_that_node_broker_or_database_refused_may_be_tried_again()
    {
        await using var deployment = await Deployment.StartAsync();
        var (nowhere, held) = ("127.0.0.1:1", deployment.DatabasePath("held.db"));
        await using var holder = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={held}");
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        using var lockAll = holder.BeginTransaction();
        foreach (var (variable, text) in new[]
        {
            ("HELIOS_RPC_URL", $"http://{nowhere}"),
            ("HELIOS_BROKER_URL", $"mqtt://{nowhere}"),
            ("HELIOS_DATABASE", "Host=127.0.0.1;Port=1;Database=helios;Username=relay"),
            ("HELIOS_DATABASE", held),
        })
        {
            await ExpectAsync(TryAgain, With(deployment, variable, text), "run");
        }

        var withoutBroker = With(deployment, "HELIOS_BROKER_URL", $"mqtt://{nowhere}");
        withoutBroker["HELIOS_DATABASE"] = deployment.DatabasePath("control.db");
        await ExpectAsync(TryAgain, withoutBroker, "control");
        withoutBroker["HELIOS_RPC_URL"] = $"http://{nowhere}";
        await ExpectAsync(TryAgain, withoutBroker, "control");
        await ExpectAsync(TryAgain, withoutBroker, "market", "keep");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_user_a_name_or_a_right_that_is_missing_wants_a_person()
    {
        await using var deployment = await Deployment.StartAsync();
        var good = await postgres.NewDatabaseAsync();
        foreach (var database in new[]
        {
            new NpgsqlConnectionStringBuilder(good) { Database = "nowhere" },
            new NpgsqlConnectionStringBuilder(good) { Username = "nobody" },
        })
        {
            await ExpectAsync(
                Mistake, With(deployment, "HELIOS_DATABASE", $"{database}"), "run");
            Assert.False(TestContext.Current.CancellationToken.IsCancellationRequested);
        }

        await using var broker = await PlainBroker.StartAsync(
            prepare: static server => server.ValidatingConnectionAsync += static connection =>
            {
                connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
                return Task.CompletedTask;
            });
        await ExpectAsync(
            Mistake,
            With(deployment, "HELIOS_BROKER_URL", $"mqtt://stranger:x@127.0.0.1:{broker.Port}"),
            "run");
    }

    [Fact(Timeout = 120_000)]
    public async Task Under_its_unit_file_it_waits_for_its_node_and_stays_down_after_a_mistake()
    {
        await using var deployment = await Deployment.StartAsync();
        var state = deployment.DatabasePath("state.json");
        await deployment.Anvil.SaveAsync(state, TestContext.Current.CancellationToken);
        await deployment.Anvil.KillAsync();
        await using var relay = new SupervisedRelay(
            HostRelay.Variables(deployment.Options(), Secret));
        await Condition.MetAsync(() => relay.IsDown || relay.Ends.Count >= 2);
        Assert.False(relay.IsDown, relay.LastWords);
        await deployment.Anvil.StartAgainAsync("--load-state", state);
        await Condition.MetAsync(
            () => relay.LastWords.Contains("Relaying; broker", StringComparison.Ordinal));
        Assert.All(relay.Ends, static end => Assert.Equal(TryAgain, end.Code));

        await using var mistaken = new SupervisedRelay(With(deployment, "HELIOS_CHAIN_ID", "1"));
        await Condition.MetAsync(() => mistaken.IsDown);
        Assert.Equal(Mistake, Assert.Single(mistaken.Ends).Code);
    }

    private static Dictionary<string, string> With(
        Deployment deployment, string variable, string text)
    {
        var variables = HostRelay.Variables(deployment.Options(), Secret);
        variables["HELIOS_CONTROLLER_KEY"] = Secret;
        variables["HELIOS_ENERGY_MARKET"] = $"{deployment.Ledger.Address}";
        variables["HELIOS_MARKET"] = "0x" + new string('1', 64);
        variables["HELIOS_ACCOUNT_KEY"] = Secret;
        variables[variable] = text;
        return variables;
    }

    private static async Task ExpectAsync(
        int code, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var (exitCode, _, error) = await HostRelay.RunAsync(variables, arguments);
        Assert.True(code == exitCode, $"exit code {exitCode}: {error}");
        Assert.Single(error.Trim().Split('\n'));
        Assert.EndsWith(".", error.Trim(), StringComparison.Ordinal);
    }
}
