using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Helios.Chain;
using Npgsql;

namespace Helios.Relay;

/// <summary>
/// A PostgreSQL database, shared by any number of copies of the relay. A commit waits for the
/// server's disk, whatever the server's own setting is.
/// </summary>
internal sealed class PostgresStore : IRelayStore
{
    // Copies that start together take their turn: one migrates. "HEC" and r in ASCII.
    private const long MigrationLock = 0x48454372;
    private const int AttemptsMax = 5;

    // Statements that the server need not parse again; the relay has about so many.
    private const int StatementsPrepared = 50;

    private readonly NpgsqlDataSource _server;
    private readonly string _name;
    private readonly string? _database;
    private readonly string? _user;

    private PostgresStore(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "helios-relay",
            Options = "-c synchronous_commit=on",
            MaxPoolSize = 8,
            MaxAutoPrepare = StatementsPrepared,
        };
        (_database, _user) = (settings.Database, settings.Username);
        _name = $"{_database} on {settings.Host}";
        _server = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public SqlDialect Sql => SqlDialect.PostgreSql;

    /// <summary>Connects, brings the schema up to date, and ties it to one deployment.</summary>
    /// <param name="connectionString">In Npgsql's words: Host, Database, Username...</param>
    /// <param name="chainId">The deployment's chain.</param>
    /// <param name="ledger">The deployment's ledger.</param>
    /// <param name="schema">The newest; a test may want an older one.</param>
    /// <exception cref="StartRefusedException">Not usable, or another deployment's.</exception>
    public static PostgresStore Open(
        string connectionString, ulong chainId, Address ledger, int? schema = null)
    {
        PostgresStore store;
        try
        {
            store = new PostgresStore(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new StartRefusedException(
                $"The setting database is no connection string ({failure.Message.TrimEnd('.')}): "
                    + "write it like Host=127.0.0.1;Database=helios;Username=relay.",
                failure);
        }

        try
        {
            ((IRelayStore)store).Write(connection => Prepare(
                connection, store._name, chainId, ledger, schema ?? Migrations.Newest));
            return store;
        }
        catch (StoreUnavailableException failure)
        {
            store.Dispose();
            throw new StartRefusedException(
                $"{failure.Message.TrimEnd('.')}: {store.RemedyOf(failure)}.", failure);
        }
        catch (StartRefusedException)
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public T Read<T>(Func<DbConnection, T> read) => Connected(read);

    /// <inheritdoc/>
    public T Write<T>(Func<DbConnection, T> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Connected(connection =>
                {
                    using var transaction = connection.BeginTransaction();
                    var result = write(connection);
                    transaction.Commit();
                    return result;
                });
            }
            catch (StoreUnavailableException failure)
                when (IsOfAnotherWriter(failure.InnerException) && attempt < AttemptsMax)
            {
                // Rolled back whole: once more.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    // Of a connection that is gone, nothing that is thrown is a programmer's error: which exception
    // it is depends on what Npgsql was about to do when the server went.
    private T Connected<T>(Func<NpgsqlConnection, T> use)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = _server.OpenConnection();
            return use(connection);
        }
        catch (Exception failure)
            when (IsOfTheServer(failure) || connection is not { State: ConnectionState.Open })
        {
            throw new StoreUnavailableException(
                $"The database {_name} cannot be used "
                + $"({failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}).",
                IsOfTheServer(failure) ? failure : new IOException(failure.Message, failure));
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private static bool IsOfAnotherWriter(Exception? failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.UniqueViolation,
    };

    // From PostgreSQL 15 on, only its owner makes tables in a new database.
    private string RemedyOf(StoreUnavailableException failure) =>
        (failure.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.InsufficientPrivilege
            ? $"let the relay's user own it: ALTER DATABASE {_database} OWNER TO {_user}"
            : "correct database, or start the server";

    // A statement that is wrong is a programmer's error; everything else an operator can mend.
    private static bool IsOfTheServer(Exception failure) => failure switch
    {
        PostgresException wrong => !(wrong.SqlState.StartsWith("42", StringComparison.Ordinal)
            && wrong.SqlState is not PostgresErrorCodes.InsufficientPrivilege),
        NpgsqlException or IOException or System.Net.Sockets.SocketException
            or TimeoutException => true,
        _ => false,
    };

    private static void Prepare(
        DbConnection connection, string name, ulong chainId, Address ledger, int wanted)
    {
        connection.Execute($"SELECT pg_advisory_xact_lock({MigrationLock})");
        connection.Execute("CREATE TABLE IF NOT EXISTS helios_schema (version INT NOT NULL)");
        var schema = connection.ExecuteScalar<int?>("SELECT version FROM helios_schema") ?? 0;
        if (schema > wanted)
        {
            throw new StartRefusedException(
                $"The database {name} has schema {schema.ToString(CultureInfo.InvariantCulture)}, "
                    + $"and this relay knows {wanted}: use a newer relay or another database.");
        }

        if (schema < wanted)
        {
            Migrations.Run(connection, SqlDialect.PostgreSql, schema, wanted);
            connection.Execute(
                "DELETE FROM helios_schema; INSERT INTO helios_schema VALUES (@wanted)",
                new { wanted });
        }

        DeploymentTable.Bind(connection, name, chainId, ledger);
    }
}
