using Helios.Chain;

namespace Helios.Relay;

/// <summary>Tells which kind of database a setting means.</summary>
internal static class StoreFactory
{
    /// <summary>Whether a setting is PostgreSQL's connection string, with a host.</summary>
    public static bool IsPostgres(string database) =>
        database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a SQLite file, or PostgreSQL for a connection string with a host.</summary>
    /// <exception cref="StartRefusedException">It cannot be used.</exception>
    public static IRelayStore Open(string database, ulong chainId, Address ledger) =>
        IsPostgres(database)
            ? PostgresStore.Open(database, chainId, ledger)
            : SqliteStore.Open(database, chainId, ledger);

    /// <summary>Opens what a relay has made: for commands beside it.</summary>
    /// <exception cref="StartRefusedException">There is none, or it cannot be used.</exception>
    public static IRelayStore OpenExisting(RelayOptions options)
    {
        if (!IsPostgres(options.DatabasePath) && !File.Exists(options.DatabasePath))
        {
            throw new StartRefusedException(
                $"There is no database {options.DatabasePath} yet: run the relay first, or "
                    + "correct database.");
        }

        return Open(options.DatabasePath, options.ChainId, options.Ledger);
    }
}
