using System.Data.Common;
using Dapper;
using Helios.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Relay;

/// <summary>
/// A SQLite file: one connection, one writer at a time. A committed transaction survives the loss
/// of power (write-ahead log, synchronous=FULL).
/// </summary>
internal sealed class SqliteStore : IRelayStore
{
    // "HECr" in ASCII: tells a relay's file from any other SQLite file.
    private const int ApplicationId = 0x48454372;

    // SQLite's result codes for what an operator can mend: busy, locked, read-only, I/O, damaged,
    // full, cannot open, protocol, not a database.
    private static readonly int[] OperatingErrors = [5, 6, 8, 10, 11, 13, 14, 15, 26];

    private readonly Lock _gate = new();
    private readonly string _path;
    private SqliteConnection? _connection;
    private bool _isDisposed;

    private SqliteStore(string path)
    {
        _path = path;
    }

    /// <inheritdoc/>
    public SqlDialect Sql => SqlDialect.Sqlite;

    /// <summary>
    /// Opens the file, or makes it, looks through it for damage, and ties it to one deployment.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="chainId">The deployment's chain.</param>
    /// <param name="ledger">The deployment's ledger.</param>
    /// <param name="schema">The newest; a test may want an older one.</param>
    /// <exception cref="StartRefusedException">Not usable, not a relay's, or another
    /// deployment's.</exception>
    public static SqliteStore Open(string path, ulong chainId, Address ledger, int? schema = null)
    {
        var store = new SqliteStore(path);
        try
        {
            // As a reader: a relay beside it goes on writing meanwhile.
            store.Read(connection => CheckPages(connection, path));
            store.Write(connection => Prepare(
                connection, path, chainId, ledger, schema ?? Migrations.Newest));
            return store;
        }
        catch (StoreUnavailableException failure)
        {
            store.Dispose();
            throw new StartRefusedException(
                $"{failure.Message.TrimEnd('.')}: correct database, or free the file.", failure);
        }
        catch (StartRefusedException)
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public T Read<T>(Func<DbConnection, T> read)
    {
        lock (_gate)
        {
            return Guarded(read);
        }
    }

    /// <inheritdoc/>
    public T Write<T>(Func<DbConnection, T> write)
    {
        lock (_gate)
        {
            return Guarded(connection =>
            {
                using var transaction = connection.BeginTransaction();
                var result = write(connection);
                transaction.Commit();
                return result;
            });
        }
    }

    private void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write((SqliteConnection)connection);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _connection?.Dispose();
            _connection = null;
        }
    }

    private T Guarded<T>(Func<SqliteConnection, T> use)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            return use(_connection ??= Connect());
        }
        catch (SqliteException failure) when (OperatingErrors.Contains(failure.SqliteErrorCode))
        {
            // What a failed disk left in the connection is not to be trusted: begin anew.
            _connection?.Dispose();
            _connection = null;
            throw new StoreUnavailableException(
                $"The database {_path} cannot be used ({failure.Message.TrimEnd('.')}).", failure);
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(
        SqliteConnection connection, string path, ulong chainId, Address ledger, int wanted)
    {
        var applicationId = connection.ExecuteScalar<long>("PRAGMA application_id");
        var tables = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema");
        var schema = connection.ExecuteScalar<int>("PRAGMA user_version");
        var isNew = applicationId == 0 && tables == 0;
        if (!isNew && (applicationId != ApplicationId || schema > wanted))
        {
            throw new StartRefusedException(
                $"{path} is no database of this relay's version: name another file in database.");
        }

        if (schema < wanted)
        {
            Migrations.Run(connection, SqlDialect.Sqlite, schema, wanted);
            connection.Execute(
                $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {wanted};");
        }

        DeploymentTable.Bind(connection, path, chainId, ledger);
    }

    private static bool CheckPages(DbConnection connection, string path)
    {
        var finding = connection.QueryFirst<string>("PRAGMA quick_check(1)");
        if (!string.Equals(finding, "ok", StringComparison.Ordinal))
        {
            throw new StartRefusedException(
                $"The database {path} is damaged ({finding.ReplaceLineEndings(" ")}): restore it "
                    + "from a copy, or recover it with sqlite3's .recover.");
        }

        return true;
    }
}
