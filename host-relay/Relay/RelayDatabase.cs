using Dapper;
using Helios.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Relay;

/// <summary>
/// The SQLite file: one connection, one writer at a time. A committed transaction survives the
/// loss of power (write-ahead log, synchronous=FULL).
/// </summary>
internal sealed class RelayDatabase : IDisposable
{
    private const int SchemaVersion = 1;

    // "HECr" in ASCII: tells a relay's file from any other SQLite file.
    private const int ApplicationId = 0x48454372;

    private const string Schema = """
        CREATE TABLE deployment (chain_id INTEGER NOT NULL, ledger BLOB NOT NULL);
        CREATE TABLE meter (
            id INTEGER PRIMARY KEY,
            address BLOB NOT NULL UNIQUE,
            stored_pagination INTEGER NOT NULL DEFAULT 0,
            stored_export_wh INTEGER NOT NULL DEFAULT 0,
            accepted_pagination INTEGER NOT NULL DEFAULT 0,
            accepted_export_wh INTEGER NOT NULL DEFAULT 0,
            coins INTEGER NOT NULL DEFAULT 0,
            gas INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE outgoing (
            id INTEGER PRIMARY KEY,
            sender BLOB NOT NULL,
            nonce INTEGER NOT NULL,
            hash BLOB NOT NULL UNIQUE,
            raw BLOB NOT NULL,
            state INTEGER NOT NULL DEFAULT 0,
            block_number INTEGER NOT NULL DEFAULT 0,
            block_hash TEXT NOT NULL DEFAULT '',
            gas_used INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX outgoing_sent ON outgoing (nonce) WHERE state = 0;
        CREATE INDEX outgoing_nonce ON outgoing (sender, nonce);
        CREATE TABLE reading (
            id INTEGER PRIMARY KEY,
            meter_id INTEGER NOT NULL REFERENCES meter (id),
            pagination INTEGER NOT NULL,
            export_wh INTEGER NOT NULL,
            signed BLOB NOT NULL,
            stored_at INTEGER NOT NULL,
            not_before INTEGER NOT NULL DEFAULT 0,
            state INTEGER NOT NULL DEFAULT 0,
            reason INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            was_presented INTEGER NOT NULL DEFAULT 0,
            coins INTEGER NOT NULL DEFAULT 0,
            gas INTEGER NOT NULL DEFAULT 0,
            outgoing_id INTEGER REFERENCES outgoing (id),
            UNIQUE (meter_id, pagination));
        CREATE INDEX reading_pending ON reading (meter_id, pagination) WHERE state = 0;
        CREATE INDEX reading_submitted ON reading (meter_id) WHERE state = 1;
        CREATE INDEX reading_skipped ON reading (reason) WHERE state = 3;
        CREATE INDEX reading_outgoing ON reading (outgoing_id) WHERE outgoing_id IS NOT NULL;
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    private RelayDatabase(SqliteConnection connection)
    {
        _connection = connection;
    }

    /// <summary>Opens the file, or makes it, and ties it to one deployment for good.</summary>
    /// <exception cref="StartRefusedException">Not a relay's file, or another
    /// deployment's.</exception>
    public static RelayDatabase Open(string path, ulong chainId, Address ledger)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            var database = new RelayDatabase(connection);
            database.Prepare(path, chainId, ledger);
            return database;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new StartRefusedException(
                $"The database {path} cannot be used ({failure.Message.TrimEnd('.')}): "
                + "correct database, or free the file.",
                failure);
        }
        catch (StartRefusedException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads without changing anything.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        lock (_gate)
        {
            return read(_connection);
        }
    }

    /// <summary>Changes everything or, if it throws, nothing; durable when it returns.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var result = write(_connection);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write(connection);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private void Prepare(string path, ulong chainId, Address ledger) => Write(connection =>
    {
        var applicationId = connection.ExecuteScalar<long>("PRAGMA application_id");
        var tables = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema");
        if (applicationId == 0 && tables == 0)
        {
            connection.Execute(
                $"{Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = "
                    + $"{SchemaVersion};");
            connection.Execute(
                "INSERT INTO deployment VALUES (@chainId, @ledger)",
                new { chainId = (long)chainId, ledger = ledger.ToArray() });
        }
        else if (applicationId != ApplicationId
            || connection.ExecuteScalar<long>("PRAGMA user_version") != SchemaVersion)
        {
            throw new StartRefusedException(
                $"{path} is no database of this relay's version: name another file in database.");
        }

        CheckDeployment(connection, path, chainId, ledger);
    });

    private static void CheckDeployment(
        SqliteConnection connection, string path, ulong chainId, Address ledger)
    {
        var (storedChain, storedLedger) = connection.QuerySingle<(long, byte[])>(
            "SELECT chain_id, ledger FROM deployment");
        if ((ulong)storedChain != chainId || new Address(storedLedger) != ledger)
        {
            throw new StartRefusedException(
                $"The database {path} belongs to ledger {new Address(storedLedger)} on chain "
                + $"{(ulong)storedChain}, not to {ledger} on chain {chainId}: name another "
                + "file in database, or correct ledger and chainId.");
        }
    }
}
