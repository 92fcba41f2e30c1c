using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Tests.HostRelay.Store;
using Npgsql;

namespace Helios.Tests.HostRelay.Observation;

/// <summary>The program under a service manager: a datagram socket, as systemd has it.</summary>
public class ServiceTests(PostgresServer postgres)
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 60_000)]
    public async Task Says_that_it_is_ready_alive_and_stopping()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        using var manager = Listen(deployment.DatabasePath("notify"));
        await using var relay = Program.HostRelay.Start(
            Variables(deployment.Options(), manager), "run");

        Assert.Equal("READY=1", await NextAsync(manager, ct));
        Assert.Equal("WATCHDOG=1", await NextAsync(manager, ct));
        Assert.Equal("WATCHDOG=1", await NextAsync(manager, ct));
        using var kill = Process.Start("kill", ["-TERM", $"{relay.Id}"]);
        string said;
        while ((said = await NextAsync(manager, ct)) is "WATCHDOG=1")
        {
        }

        Assert.Equal("STOPPING=1", said);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_nothing_while_no_reading_passes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meter = await deployment.MeterAsync();
        using var manager = Listen(deployment.DatabasePath("notify"));
        var database = await postgres.NewDatabaseAsync();
        var port = PlainBroker.FreePort();
        var variables = Variables(
            deployment.Options() with { DatabasePath = database }, manager);
        variables["HELIOS_HTTP_PORT"] = $"{port}";
        await using var relay = Program.HostRelay.Start(variables, "run");
        await using var connection = await MeterConnection.OpenAsync(
            await relay.BrokerPortAsync());
        await connection.DeliverAsync(meter, meter.Sign(1, 100));

        await using var other = new NpgsqlConnection(database);
        await other.OpenAsync(ct);
        await using var transaction = await other.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand(
            "LOCK TABLE reading IN ACCESS EXCLUSIVE MODE", other, transaction))
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        var stuck = connection.RepeatAsync(meter, meter.Sign(2, 200));
        using var http = new HttpClient();
        var live = new Uri($"http://127.0.0.1:{port}/health/live");
        Drain(manager);
        while ((await http.GetAsync(live, ct)).StatusCode != HttpStatusCode.ServiceUnavailable)
        {
        }

        // It would have spoken many times in the seconds that the answer took; one was under way.
        Assert.InRange(Drain(manager), 0, 1);
        await transaction.RollbackAsync(ct);
        Assert.Equal("WATCHDOG=1", await NextAsync(manager, ct));
        await stuck;
    }

    [Fact]
    public void Every_file_that_a_setting_names_comes_through_the_unit_file()
    {
        var lines = File.ReadAllLines(UnitFile).Select(static line => line.TrimStart('#')).ToArray();
        foreach (var name in new[]
        {
            "SENDER_KEY", "BROKER_CERTIFICATE", "BROKER_KEY", "BROKER_PASSWORD",
            "BROKER_CLIENT_AUTHORITIES",
        })
        {
            var start = $"Environment=HELIOS_{name}_FILE=%d/";
            var given = Assert.Single(
                lines, line => line.StartsWith(start, StringComparison.Ordinal));
            var file = given[start.Length..];
            Assert.Contains($"LoadCredential={file}:/etc/helios/{file}", lines);
        }

        Assert.Contains("LoadCredential=relay.json:/etc/helios/relay.json", lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_unit_file_is_one_that_systemd_takes(bool isWithItsBrokersFiles)
    {
        const string Analyze = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(
            File.Exists(Analyze), "systemd is not installed: apt-get install systemd.");
        var folder = Directory.CreateTempSubdirectory("helios-unit-");
        var unit = Path.Combine(folder.FullName, "helios-relay.service");
        var text = File.ReadAllText(UnitFile);
        File.WriteAllText(unit, isWithItsBrokersFiles
            ? text
                .Replace("#LoadCredential", "LoadCredential", StringComparison.Ordinal)
                .Replace("#Environment", "Environment", StringComparison.Ordinal)
            : text);
        using var verify = Process.Start(new ProcessStartInfo(Analyze, ["verify", unit])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var said = verify.StandardError.ReadToEnd();
        verify.WaitForExit();
        folder.Delete(recursive: true);

        // The program is not installed where the unit file looks for it; nothing else is wrong.
        Assert.Equal(
            "helios-relay.service: Command /opt/helios/Helios.HostRelay is not executable: "
                + "No such file or directory",
            said.Trim());
    }

    private static string UnitFile => Path.Combine(
        Tool.RepositoryRoot(), "host-relay", "helios-relay.service");

    private static Dictionary<string, string> Variables(RelayOptions options, Socket manager)
    {
        var variables = Program.HostRelay.Variables(options, Secret);
        variables["NOTIFY_SOCKET"] = $"{manager.LocalEndPoint}";
        variables["WATCHDOG_USEC"] = "500000";
        return variables;
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static async Task<string> NextAsync(Socket manager, CancellationToken ct)
    {
        var said = new byte[256];
        var length = await manager.ReceiveAsync(said, SocketFlags.None, ct);
        return Encoding.ASCII.GetString(said, 0, length);
    }

    private static int Drain(Socket manager)
    {
        var count = 0;
        var said = new byte[256];
        for (; manager.Poll(0, SelectMode.SelectRead); count++)
        {
            manager.Receive(said);
        }

        return count;
    }
}
