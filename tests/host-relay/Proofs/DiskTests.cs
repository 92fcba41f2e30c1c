using Dapper;
using Helios.Relay;
using Helios.Tests.HostRelay.Relay;
using Helios.Tests.HostRelay.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Disks that are full, read-only or damaged: a clear sentence, nothing acknowledged, and nothing
/// lost once they are repaired.
/// </summary>
[Collection(nameof(ProofRuns))]
public class DiskTests
{
    private const int PageLength = 4_096;
    private const int WhPerReading = 100;
    private const int AttemptsMax = 20;
    private const string Refusal = "Nothing is acknowledged";

    [Fact(Timeout = 180_000)]
    public async Task A_full_disk_is_said_and_nothing_is_lost_once_it_has_room()
    {
        using var disk = new SmallDisk(24);
        await using var deployment = await Deployment.StartAsync("--no-mining");

        await LivesThroughAsync(
            deployment,
            Path.Combine(disk.Path, "relay.db"),
            "full",
            () => Do(disk.Fill),
            () => Do(disk.MakeRoom),
            TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_full_disk_under_PostgreSQL_is_said_and_nothing_is_lost_once_it_has_room()
    {
        using var disk = new SmallDisk(256);
        await using var server = new PostgresServer(
            Directory.CreateDirectory(Path.Combine(disk.Path, "server")).FullName);
        SmallDisk.Run("chmod", "755", disk.Path);
        await using var deployment = await Deployment.StartAsync("--no-mining");

        await LivesThroughAsync(
            deployment,
            await server.NewDatabaseAsync(),
            "relay1 on 127.0.0.1",
            () => Do(disk.Fill),
            async () =>
            {
                disk.MakeRoom();
                await server.KillAsync();
                await server.StartAgainAsync();
            },
            TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_read_only_file_is_said_and_nothing_is_lost_once_it_can_be_written()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var database = deployment.DatabasePath("relay.db");
        string[] files = [database, database + "-wal"];
        await File.WriteAllTextAsync(
            deployment.DatabasePath("probe"), "", TestContext.Current.CancellationToken);
        Assert.SkipUnless(
            SmallDisk.Run("chattr", "+i", deployment.DatabasePath("probe")) == 0,
            "This user may not make a file immutable here: run as root, on ext4.");
        SmallDisk.Run("chattr", "-i", deployment.DatabasePath("probe"));

        await LivesThroughAsync(
            deployment,
            database,
            database,
            () => Do(() => Array.ForEach(files, static file =>
                Assert.Equal(0, SmallDisk.Run("chattr", "+i", file)))),
            () => Do(() => Array.ForEach(files, static file =>
                SmallDisk.Run("chattr", "-i", file))),
            TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_read_only_PostgreSQL_is_said_and_nothing_is_lost_once_it_can_be_written()
    {
        await using var server = new PostgresServer();
        var database = await server.NewDatabaseAsync();
        await using var deployment = await Deployment.StartAsync("--no-mining");

        await LivesThroughAsync(
            deployment,
            database,
            "read-only",
            () => SetAsync("on"),
            () => SetAsync("off"),
            TestContext.Current.CancellationToken);

        async Task SetAsync(string isReadOnly)
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; ALTER DATABASE "
                    + $"{connection.Database} SET default_transaction_read_only = {isReadOnly}; "
                    + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    + "WHERE application_name = 'helios-relay'",
                connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task A_damaged_page_of_PostgreSQL_is_said_and_nothing_is_lost_once_it_is_repaired()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = new PostgresServer();
        var database = await server.NewDatabaseAsync();
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (path, whole) = ("", Array.Empty<byte>());

        await LivesThroughAsync(
            deployment,
            database,
            "invalid page in block",
            DamageAsync,
            async () =>
            {
                await server.KillAsync();
                await File.WriteAllBytesAsync(path, whole, ct);
                await server.StartAgainAsync();
            },
            ct,
            isReadable: false);

        // What changed after a checkpoint stands whole in the log, and would heal the page.
        async Task DamageAsync()
        {
            do
            {
                path = await server.CheckpointAsync(database, "reading");
                await server.KillAsync();
                whole = await File.ReadAllBytesAsync(path, ct);
                await OverwriteLastAsync(path, 2 * PageLength);
                await server.StartAgainAsync();
            }
            while (await PostgresServer.CanReadAsync(database, "reading"));
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task A_damaged_last_page_is_said_and_nothing_is_lost_once_it_is_repaired()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var database = deployment.DatabasePath("relay.db");
        var whole = Array.Empty<byte>();

        await LivesThroughAsync(
            deployment,
            database,
            "malformed",
            async () =>
            {
                // Without its log and the relay's memory nobody has the page but the file.
                using var other = new SqliteConnection($"Data Source={database};Pooling=False");
                other.Open();
                Assert.Equal(0, other.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)"));
                whole = await File.ReadAllBytesAsync(database, ct);
                await OverwriteLastAsync(database, PageLength);
                other.Execute("UPDATE meter SET claimed_until = claimed_until");
            },
            () => WriteAsync(database, whole.Length - PageLength, whole[^PageLength..]),
            ct,
            isReadable: false);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_damaged_last_page_is_refused_and_nothing_is_lost_with_an_older_copy()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        var (database, copy) = (options.DatabasePath, deployment.DatabasePath("copy.db"));
        await DeliverAsync(deployment, options, meter, 1, 40);
        File.Copy(database, copy);
        await DeliverAsync(deployment, options, meter, 41, 80);

        await OverwriteLastAsync(database, PageLength);
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => RelayProcess.StartAsync(options, ct));
        Assert.Contains(
            $"The database {database} is damaged", refusal.Message, StringComparison.Ordinal);

        File.Copy(copy, database, overwrite: true);
        await DeliverAsync(deployment, options, meter, 81, 90);
        await VerifyAsync(deployment, meter, 90, database, isWhole: false);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_log_whose_last_pages_are_damaged_costs_no_energy()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        var crashed = deployment.DatabasePath("crashed.db");
        await using (var relay = await RelayProcess.StartAsync(
            options, TestContext.Current.CancellationToken))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            for (uint pagination = 1; pagination <= 20; pagination++)
            {
                await connection.DeliverAsync(
                    meter, meter.Sign(pagination, pagination * WhPerReading));
            }

            // What a loss of power leaves behind.
            await deployment.SettleAsync(relay);
            File.Copy(options.DatabasePath, crashed);
            File.Copy(options.DatabasePath + "-wal", crashed + "-wal");
        }

        await OverwriteLastAsync(crashed + "-wal", 3 * PageLength);
        await DeliverAsync(
            deployment, options with { DatabasePath = crashed }, meter, 21, 30);
        await VerifyAsync(deployment, meter, 30, crashed, isWhole: false);
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task LivesThroughAsync(
        Deployment deployment, string database, string expected, Func<Task> breakIt,
        Func<Task> repair, CancellationToken ct, bool isReadable = true)
    {
        // A few pages' worth, so that the last one holds the newest readings.
        const uint First = 40;
        const uint Last = 400;
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(36_000);
        using var log = new LogLines();
        await using (var relay = await RelayProcess.StartAsync(
            deployment.Options() with { DatabasePath = database, Log = log }, ct))
        {
            await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
            uint pagination = 0;
            while (pagination < First)
            {
                pagination++;
                await connection.DeliverAsync(
                    meter, meter.Sign(pagination, pagination * WhPerReading));
            }

            await breakIt();
            try
            {
                // What fits in pages that there were is stored; then no more is acknowledged.
                while (await connection.TryAsync(
                    meter, meter.Sign(pagination + 1, (pagination + 1) * WhPerReading)))
                {
                    pagination++;
                }

                // The first refusal may tell of the connection that broke, the next one why.
                for (var attempt = 0; attempt < AttemptsMax && !IsSaid(log, expected); attempt++)
                {
                    Assert.False(await connection.TryAsync(
                        meter, meter.Sign(pagination + 1, (pagination + 1) * WhPerReading)));
                }

                Assert.True(IsSaid(log, expected), string.Join('\n', log.Containing(Refusal)));
                if (isReadable)
                {
                    Assert.Equal(pagination, relay.Figures.Stored);
                }
            }
            finally
            {
                await repair();
            }

            for (pagination++; pagination <= Last; pagination++)
            {
                await connection.RepeatAsync(
                    meter, meter.Sign(pagination, pagination * WhPerReading));
            }

            await deployment.SettleAsync(relay);
        }

        await VerifyAsync(deployment, meter, pagination: Last, database, isWhole: true);
    }

    private static bool IsSaid(LogLines log, string expected) => log.Containing(Refusal)
        .Any(line => line.Contains(expected, StringComparison.Ordinal));

    private static async Task DeliverAsync(
        Deployment deployment, RelayOptions options, TestMeter meter, uint first, uint last)
    {
        await using var relay = await RelayProcess.StartAsync(
            options, TestContext.Current.CancellationToken);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        for (var pagination = first; pagination <= last; pagination++)
        {
            await connection.DeliverAsync(
                meter, meter.Sign(pagination, pagination * WhPerReading));
        }

        await deployment.SettleAsync(relay);
    }

    // The last whole pages become noise; a file's end is where the newest ones are.
    private static Task OverwriteLastAsync(string path, int length)
    {
        var noise = new byte[length];
        new Random(Night.Seed).NextBytes(noise);
        return WriteAsync(path, new FileInfo(path).Length - length, noise);
    }

    private static async Task WriteAsync(string path, long at, byte[] bytes)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek(at, SeekOrigin.Begin);
        await file.WriteAsync(bytes);
    }

    private static async Task VerifyAsync(
        Deployment deployment, TestMeter meter, uint pagination, string database, bool isWhole)
    {
        using var chain = new ChainBooks(deployment.RpcUrl, deployment.Ledger.Address);
        using var books = new DatabaseBooks(database);
        Assert.Equal(
            pagination * WhPerReading / 100, await chain.MintedOfAsync(meter.Address));
        Assert.Equal("ok", books.Integrity());
        var stored = books.Readings().Select(static one => one.Pagination).Order().ToArray();
        Assert.Equal(stored.Distinct(), stored);
        if (isWhole)
        {
            Assert.True(stored.Length >= pagination);
        }
    }
}
