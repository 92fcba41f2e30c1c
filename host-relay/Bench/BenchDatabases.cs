using Npgsql;

namespace Helios.Bench;

/// <summary>New databases for the measurements, gone after them.</summary>
internal sealed class BenchDatabases(BenchOptions options) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        Path.Combine(options.Folder, $"helios-bench-{Environment.ProcessId}"));

    private readonly List<string> _onServer = [];
    private int _count;

    /// <summary>A new SQLite file's path.</summary>
    public string NewFile() => Path.Combine(_folder.FullName, $"relay{++_count}.db");

    /// <summary>A connection string of a new PostgreSQL database.</summary>
    public async Task<string> NewOnServerAsync(CancellationToken ct)
    {
        var name = $"helios_bench_{Environment.ProcessId}_{++_count}";
        await ExecuteAsync($"CREATE DATABASE {name}", ct);
        _onServer.Add(name);
        return new NpgsqlConnectionStringBuilder(options.Postgres) { Database = name }.ToString();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        NpgsqlConnection.ClearAllPools();
        foreach (var name in _onServer)
        {
            await ExecuteAsync(
                $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private async Task ExecuteAsync(string statement, CancellationToken ct)
    {
        try
        {
            await using var server = NpgsqlDataSource.Create(options.Postgres!);
            await using var command = server.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (Exception failure) when (failure is NpgsqlException or ArgumentException)
        {
            throw new BadInputException(
                $"PostgreSQL cannot be used for the bench ({failure.Message.TrimEnd('.')}): "
                    + "correct --postgres, or leave it out.");
        }
    }
}
