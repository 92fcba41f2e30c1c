using Helios.Chain;

namespace Helios.Relay;

/// <summary>Tells which kind of database a setting means.</summary>
internal static class StoreFactory
{
    /// <summary>Opens a SQLite file, or PostgreSQL for a connection string with a host.</summary>
    /// <exception cref="StartRefusedException">It cannot be used.</exception>
    public static IRelayStore Open(string database, ulong chainId, Address ledger) =>
        IsPostgres(database)
            ? PostgresStore.Open(database, chainId, ledger)
            : SqliteStore.Open(database, chainId, ledger);

    /// <summary>False only for a SQLite file that is not there.</summary>
    public static bool Exists(string database) => IsPostgres(database) || File.Exists(database);

    private static bool IsPostgres(string database) =>
        database.Contains("Host=", StringComparison.OrdinalIgnoreCase);
}
