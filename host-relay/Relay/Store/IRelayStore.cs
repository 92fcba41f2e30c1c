using System.Data.Common;

namespace Helios.Relay;

/// <summary>
/// The relay's database. The statements are the same for every kind; what differs is here and in
/// <see cref="SqlDialect"/>.
/// </summary>
internal interface IRelayStore : IDisposable
{
    /// <summary>The words that differ.</summary>
    SqlDialect Sql { get; }

    /// <summary>Reads without changing anything.</summary>
    /// <exception cref="StoreUnavailableException">Disk or server cannot serve now.</exception>
    T Read<T>(Func<DbConnection, T> read);

    /// <summary>
    /// Changes everything or, if it throws, nothing; durable when it returns. May be run again if
    /// another writer was in the way, so it changes nothing but the database.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// Disk or server cannot serve now; whether the change is stored is then unknown.
    /// </exception>
    T Write<T>(Func<DbConnection, T> write);

    /// <inheritdoc cref="Write{T}"/>
    void Write(Action<DbConnection> write) => Write(connection =>
    {
        write(connection);
        return true;
    });
}
