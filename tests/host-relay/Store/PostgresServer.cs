using System.Diagnostics;
using Helios.Tests.HostRelay.Relay;
using Npgsql;

[assembly: AssemblyFixture(typeof(Helios.Tests.HostRelay.Store.PostgresServer))]

namespace Helios.Tests.HostRelay.Store;

/// <summary>
/// A PostgreSQL server of the tests' own, started when the first test wants it. Where PostgreSQL is
/// not installed those tests are skipped and say so.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Debian = "/usr/lib/postgresql/15/bin";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly DirectoryInfo _folder;
    private Process? _server;
    private int _port;
    private int _databases;

    public PostgresServer()
        : this(Directory.CreateTempSubdirectory("helios-postgres-").FullName)
    {
    }

    /// <param name="folder">Where it keeps its data; deleted with it.</param>
    internal PostgresServer(string folder)
    {
        _folder = new DirectoryInfo(folder);
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>A new, empty database: a connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            Assert.SkipUnless(
                ToolOrNull("initdb") is not null,
                "PostgreSQL is not installed: apt-get install postgresql.");
            if (_server is null)
            {
                await InstallAsync();
                await StartAsync();
            }

            var name = $"relay{++_databases}";
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            await command.ExecuteNonQueryAsync();
            return ConnectionTo(name);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes everything to the tables' files; a table's file.</summary>
    public async Task<string> CheckpointAsync(string database, string table)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"CHECKPOINT; SELECT pg_relation_filepath('{table}')", connection);
        return Path.Combine(Data, (string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>Whether every row of a table can be read.</summary>
    public static async Task<bool> CanReadAsync(string database, string table)
    {
        try
        {
            // A connection of before a kill would tell of that.
            await using var connection = new NpgsqlConnection($"{database};Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"SELECT * FROM {table}", connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException failure)
            when (failure.SqlState is PostgresErrorCodes.DataCorrupted)
        {
            return false;
        }
    }

    /// <summary>SIGKILL to the server and all its processes.</summary>
    public async Task KillAsync()
    {
        _server!.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
    }

    /// <summary>Starts it again after a kill, on the same port.</summary>
    public Task StartAgainAsync() => StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _gate.Dispose();
        _folder.Delete(recursive: true);
    }

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=relay;Database={database};Timeout=3";

    private async Task InstallAsync()
    {
        _port = PlainBroker.FreePort();
        if (Environment.IsPrivilegedProcess)
        {
            // initdb refuses root.
            using var owner = Process.Start("chown", ["postgres", _folder.FullName]);
            await owner.WaitForExitAsync();
        }

        using var initdb = AsPlainUser(
            ToolOrNull("initdb")!, "-D", Data, "-U", "relay", "-A", "trust", "--no-sync");
        await initdb.WaitForExitAsync();
        Assert.Equal(0, initdb.ExitCode);
    }

    private async Task StartAsync()
    {
        _server?.Dispose();
        _server = AsPlainUser(
            ToolOrNull("postgres")!,
            "-D",
            Data,
            "-p",
            $"{_port}",
            "-k",
            _folder.FullName,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "logging_collector=off");
        while (true)
        {
            try
            {
                // One of the pool would open while the server is away.
                await using var connection = new NpgsqlConnection(
                    $"{ConnectionTo("postgres")};Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!_server.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static Process AsPlainUser(string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo(
                "setpriv",
                ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string? ToolOrNull(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append(Debian)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
