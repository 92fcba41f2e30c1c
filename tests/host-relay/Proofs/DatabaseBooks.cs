using System.Data.Common;
using Dapper;
using Helios.Chain;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// What stands in the relay's database, read with plain SQL while no relay runs, and whether the
/// database itself is whole.
/// </summary>
internal sealed class DatabaseBooks : IDisposable
{
    private readonly DbConnection _connection;

    public DatabaseBooks(string database)
    {
        _connection = database.Contains("Host=", StringComparison.Ordinal)
            ? new NpgsqlConnection(database)
            : new SqliteConnection($"Data Source={database};Pooling=False");
        _connection.Open();
    }

    /// <summary>Each reading's bytes.</summary>
    public IReadOnlyList<(Address Meter, uint Pagination, byte[] Signed)> Readings() =>
    [
        .. _connection.Query<(byte[] Meter, long Pagination, byte[] Signed)>(
            """
            SELECT m.address, r.pagination, r.signed FROM reading r
            JOIN meter m ON m.id = r.meter_id
            """)
            .Select(static row => (new Address(row.Meter), (uint)row.Pagination, row.Signed)),
    ];

    /// <summary>Nonces of a sender's transactions that a block contains, ascending.</summary>
    public IReadOnlyList<long> MinedNonces(Address sender) => Nonces(sender, "1, 3");

    /// <summary>Transactions that were given up, each with its versions of other fees.</summary>
    public IReadOnlyList<(long Nonce, byte[] Hash)> Lost(Address sender) =>
    [
        .. _connection.Query<(long, byte[])>(
            """
            SELECT nonce, hash FROM outgoing WHERE sender = @sender AND state = 2
            UNION ALL
            SELECT o.nonce, r.hash FROM replaced r JOIN outgoing o ON o.id = r.outgoing_id
            WHERE o.sender = @sender AND o.state = 2
            """,
            new { sender = sender.ToArray() }),
    ];

    /// <summary>Transactions that no block contains.</summary>
    public long Unconfirmed() =>
        _connection.ExecuteScalar<long>("SELECT COUNT(*) FROM outgoing WHERE state = 0");

    /// <summary>"ok", or what SQLite's integrity_check or PostgreSQL's amcheck found.</summary>
    public string Integrity()
    {
        if (_connection is SqliteConnection)
        {
            var dangling = _connection.Query("PRAGMA foreign_key_check").Count();
            return dangling == 0
                ? string.Join("; ", _connection.Query<string>("PRAGMA integrity_check"))
                : $"{dangling} references lead nowhere";
        }

        try
        {
            _connection.Execute("CREATE EXTENSION IF NOT EXISTS amcheck");
            _connection.Execute(
                """
                SELECT bt_index_check(c.oid, true) FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
                WHERE c.relpersistence = 'p' AND i.indisready AND i.indisvalid
                """);
            var damaged = _connection.Query<string>(
                """
                SELECT v.msg FROM pg_class c, verify_heapam(c.oid) v
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                """);
            return string.Join("; ", damaged.DefaultIfEmpty("ok"));
        }
        catch (PostgresException finding)
        {
            return finding.Message;
        }
    }

    public void Dispose() => _connection.Dispose();

    private long[] Nonces(Address sender, string states) =>
    [
        .. _connection.Query<long>(
            "SELECT nonce FROM outgoing WHERE sender = @sender "
                + $"AND state IN ({states}) ORDER BY nonce",
            new { sender = sender.ToArray() }),
    ];
}
