using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Tests.HostRelay.Store;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Real processes, killed with SIGKILL between acknowledgements. At night 60 kills and 42,000
/// readings each.
/// </summary>
[Collection(nameof(ProofRuns))]
public class KillTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    private const string SecretOfRich2 =
        "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a";

    private static int Kills => Night.Or(60, 4);

    private static int Readings => Night.Or(42_000, 1_600);

    [Fact]
    public async Task The_relay_and_its_own_broker_killed_lose_nothing()
    {
        await using var loop = await KillLoop.StartAsync();
        var (database, port) = (loop.Deployment.DatabasePath("relay.db"), PlainBroker.FreePort());
        var relay = loop.AddRelay(loop.Variables(Secret, database, port));

        await loop.RunAsync(
            "relay with its own broker",
            [new Victim("relay", relay.KillAsync, relay.StartAgainAsync)],
            Kills,
            Readings,
            () => port,
            database,
            loop.Deployment.RelayKey.Address);
    }

    [Fact]
    public async Task Mosquitto_killed_loses_nothing()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var loop = await KillLoop.StartAsync();
        var database = loop.Deployment.DatabasePath("relay.db");
        var variables = loop.Variables(Secret, database, 0);
        variables["HELIOS_BROKER_URL"] = $"{broker.Url}";
        loop.AddRelay(variables);

        await loop.RunAsync(
            "Mosquitto",
            [new Victim("Mosquitto", broker.KillAsync, broker.StartAgainAsync)],
            Kills,
            Readings,
            () => broker.Port,
            database,
            loop.Deployment.RelayKey.Address);
    }

    [Fact]
    public async Task A_node_killed_and_rolled_back_loses_nothing()
    {
        await using var loop = await KillLoop.StartAsync();
        var (database, port) = (loop.Deployment.DatabasePath("relay.db"), PlainBroker.FreePort());
        loop.AddRelay(loop.Variables(Secret, database, port));

        await loop.RunAsync(
            "anvil with rollback",
            [loop.Chain()],
            Kills,
            Readings,
            () => port,
            database,
            loop.Deployment.RelayKey.Address);
    }

    [Fact]
    public async Task PostgreSQL_killed_loses_nothing()
    {
        await using var server = new PostgresServer();
        var database = await server.NewDatabaseAsync();
        await using var loop = await KillLoop.StartAsync();
        var port = PlainBroker.FreePort();
        loop.AddRelay(loop.Variables(Secret, database, port));

        await loop.RunAsync(
            "PostgreSQL",
            [new Victim("PostgreSQL", server.KillAsync, server.StartAgainAsync)],
            Kills,
            Readings,
            () => port,
            database,
            loop.Deployment.RelayKey.Address);
    }

    [Fact]
    public async Task All_of_them_killed_at_random_lose_nothing()
    {
        await using var server = new PostgresServer();
        var database = await server.NewDatabaseAsync();
        await using var broker = await MosquittoServer.StartAsync();
        await using var loop = await KillLoop.StartAsync();
        var relays = new[] { Secret, SecretOfRich2 }.Select(secret =>
        {
            var variables = loop.Variables(secret, database, 0);
            variables["HELIOS_BROKER_URL"] = $"{broker.Url}";
            variables["HELIOS_SHARE_GROUP"] = "copies";
            return loop.AddRelay(variables);
        }).ToArray();

        await loop.RunAsync(
            "two copies, Mosquitto, anvil and PostgreSQL",
            [
                new Victim("one copy", relays[0].KillAsync, relays[0].StartAgainAsync),
                new Victim("the other copy", relays[1].KillAsync, relays[1].StartAgainAsync),
                new Victim("Mosquitto", broker.KillAsync, broker.StartAgainAsync),
                loop.Chain(),
                new Victim("PostgreSQL", server.KillAsync, server.StartAgainAsync),
            ],
            Kills,
            Readings,
            () => broker.Port,
            database,
            loop.Deployment.RelayKey.Address,
            Anvil.Rich2.Address);
    }
}
