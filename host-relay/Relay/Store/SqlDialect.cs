namespace Helios.Relay;

/// <summary>Where SQLite and PostgreSQL use different words.</summary>
/// <param name="Id">A column of row numbers that count up.</param>
/// <param name="Bytes">A column of bytes.</param>
/// <param name="SkipLocked">Leaves rows alone that another copy is about to change.</param>
internal sealed record SqlDialect(string Id, string Bytes, string SkipLocked)
{
    /// <summary>One writer at a time: no row is ever locked for another.</summary>
    public static SqlDialect Sqlite { get; } = new("INTEGER PRIMARY KEY", "BLOB", "");

    /// <summary>PostgreSQL 15 or newer.</summary>
    public static SqlDialect PostgreSql { get; } = new(
        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA", "FOR UPDATE SKIP LOCKED");
}
